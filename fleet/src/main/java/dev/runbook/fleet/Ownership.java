package dev.runbook.fleet;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Labels that name the process that created a container or network, so that those of a killed process can be removed. */
final class Ownership {
    private static final String FLEET = "dev.runbook.fleet";
    private static final String OWNER = "dev.runbook.fleet.owner";
    private static final Duration REMOVAL_LIMIT = Duration.ofSeconds(20);
    private static final String NAMESPACE = processNamespace();
    private static final Pattern IDENTITY = Pattern.compile("(?<namespace>.*)/(?<pid>[0-9]{1,10})@-?[0-9]+");

    private Ownership() {}

    static Map<String, String> labels(String fleetId) {
        return Map.of(FLEET, fleetId, OWNER, identity(ProcessHandle.current()));
    }

    /** Removes all containers and networks of one fleet; those that no longer exist are ignored. */
    static void removeFleet(String fleetId) {
        remove(Map.of(FLEET, fleetId), owner -> true);
    }

    /** Waits until another shutdown hook has removed the containers of a fleet. */
    static void awaitRemoval(String fleetId) {
        Polling.until(
                "removal of fleet " + fleetId,
                REMOVAL_LIMIT,
                () ->
                        Docker.client()
                                .listContainersCmd()
                                .withShowAll(true)
                                .withLabelFilter(Map.of(FLEET, fleetId))
                                .exec()
                                .stream()
                                .map(container -> "not removed: " + container.getId())
                                .findFirst()
                                .orElse(""));
    }

    /** Removes containers and networks of processes that no longer run: killed test runs, crashed demos. */
    static void removeOrphans() {
        remove(Map.of(), owner -> !isAlive(owner));
    }

    private static void remove(Map<String, String> filter, Predicate<String> ownerFilter) {
        DockerClient docker = Docker.client();
        var containers = docker.listContainersCmd().withShowAll(true);
        var networks = docker.listNetworksCmd();
        containers = filter.isEmpty() ? containers.withLabelFilter(List.of(FLEET)) : containers.withLabelFilter(filter);
        List<String> containerIds = containers.exec().stream()
                .filter(container -> ownerFilter.test(container.getLabels().getOrDefault(OWNER, "")))
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
                            && ownerFilter.test(labels.getOrDefault(OWNER, ""));
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
        return NAMESPACE + "/" + process.pid() + "@" + started.toEpochMilli();
    }

    /** Names the PID namespace, because processes of another namespace may share the container engine. */
    private static String processNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException notLinux) {
            return "";
        }
    }

    /** Compares the start time too, because a PID may be reused. A process of another PID namespace counts as alive. */
    private static boolean isAlive(String owner) {
        Matcher parts = IDENTITY.matcher(owner);
        if (!parts.matches() || !parts.group("namespace").equals(NAMESPACE)) {
            return true;
        }
        return ProcessHandle.of(Long.parseLong(parts.group("pid")))
                .map(process -> identity(process).equals(owner))
                .orElse(false);
    }
}
