package dev.runbook.facts;

import dev.runbook.model.Answer;
import dev.runbook.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Facts of one host.
 *
 * @param clockSkew the host's clock minus this machine's, with an error of one round trip
 * @param tools programs found, by name
 * @param manifests the kubelet's folder of static pods, if there is one
 * @param units systemd units that exist, by name with {@code .service}
 * @param containers that run in the kubelet's runtime; empty without one
 * @param member the etcd member configured here, if any
 * @param problems facts that could not be read, with the reason
 * @param start what the components that run here need to start again; empty where it was not looked for, as in facts
 *     recorded by an earlier version
 */
public record HostFacts(
        String host,
        Answer.Identity identity,
        Duration clockSkew,
        Map<String, Answer.Tool> tools,
        Optional<ManifestFolder> manifests,
        Map<String, UnitFacts> units,
        List<Answer.Container> containers,
        Optional<MemberFacts> member,
        List<CertificateFacts> certificates,
        List<Problem> problems,
        Optional<List<StartNeed>> start) {
    public HostFacts {
        tools = Map.copyOf(tools);
        units = Map.copyOf(units);
        containers = List.copyOf(containers);
        certificates = List.copyOf(certificates);
        problems = List.copyOf(problems);
        start = start.map(List::copyOf);
    }

    public boolean runsContainer(String name) {
        return containers.stream().anyMatch(container -> container.name().equals(name));
    }

    public boolean unitActive(String unit) {
        var facts = units.get(unit);
        return facts != null && facts.active();
    }

    /** Whether the member's container or unit runs, whatever it answers. */
    public boolean runs(MemberFacts found) {
        return switch (found.source()) {
            case MemberSource.StaticPod _ -> runsContainer("etcd");
            case MemberSource.Unit unit -> unitActive(unit.unit());
        };
    }

    public Optional<FileFacts> manifest(String name) {
        return manifests.flatMap(folder -> folder.manifest(name));
    }
}
