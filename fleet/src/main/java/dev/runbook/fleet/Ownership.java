package dev.runbook.fleet;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Labels say which process made a container or network, so that what a killed one left behind can be told and removed. */
final class Ownership {
    private static final String FLEET = "dev.runbook.fleet";
    private static final String OWNER = "dev.runbook.fleet.owner";

    private Ownership() {}

    static Map<String, String> labels(String fleetId) {
        return Map.of(FLEET, fleetId, OWNER, identity(ProcessHandle.current()));
    }

    /** Removes everything of one fleet; what is already gone is fine. */
    static void removeFleet(String fleetId) {
        remove(Map.of(FLEET, fleetId), owner -> true);
    }

    /** Removes what processes left that are no more: killed test runs, crashed demos. */
    static void removeOrphans() {
        remove(Map.of(), owner -> !isAlive(owner));
    }

    private static void remove(Map<String, String> filter, Predicate<String> concerns) {
        DockerClient docker = Docker.client();
        var containers = docker.listContainersCmd().withShowAll(true);
        var networks = docker.listNetworksCmd();
        containers = filter.isEmpty() ? containers.withLabelFilter(List.of(FLEET)) : containers.withLabelFilter(filter);
        List<String> containerIds = containers.exec().stream()
                .filter(container -> concerns.test(container.getLabels().getOrDefault(OWNER, "")))
                .map(container -> container.getId())
                .toList();
        Parallel.map(containerIds, Ownership::removeContainer);
        networks.exec().stream()
                .filter(network -> {
                    Map<String, String> labels =
                            Optional.ofNullable(network.getLabels()).orElse(Map.of());
                    return labels.containsKey(FLEET)
                            && filter.entrySet().stream()
                                    .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                            && concerns.test(labels.getOrDefault(OWNER, ""));
                })
                .forEach(network -> removeNetwork(network.getId()));
    }

    private static boolean removeContainer(String id) {
        try {
            Docker.client()
                    .removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
            return true;
        } catch (NotFoundException gone) {
            return false;
        }
    }

    private static void removeNetwork(String id) {
        try {
            Docker.client().removeNetworkCmd(id).exec();
        } catch (NotFoundException gone) {
            return;
        }
    }

    private static String identity(ProcessHandle process) {
        Instant started = process.info().startInstant().orElse(Instant.EPOCH);
        return process.pid() + "@" + started.toEpochMilli();
    }

    /** A process number alone may have been given to another process since. */
    private static boolean isAlive(String owner) {
        String[] parts = owner.split("@", 2);
        if (parts.length != 2 || !parts[0].chars().allMatch(Character::isDigit) || parts[0].isEmpty()) {
            return false;
        }
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .map(process -> identity(process).equals(owner))
                .orElse(false);
    }
}
