package dev.runbook.steps.preflight;

import dev.runbook.facts.HostFacts;
import dev.runbook.model.Answer;
import dev.runbook.model.Problem;
import dev.runbook.step.StepContext;
import dev.runbook.steps.shared.ControlPlaneComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks of a host that are independent of its role. */
final class HostChecks {
    private static final List<String> NEEDED = List.of("sha256sum", "flock", "setsid", "timeout", "dd", "mv");

    private HostChecks() {}

    static List<Problem> check(StepContext context, Preflight.Parameters parameters) {
        var facts = context.facts();
        var problems = new ArrayList<Problem>();
        if (facts.identity().uid() != 0) {
            problems.add(Problem.on(
                    facts.host(),
                    "not-root",
                    "runbook is logged in as " + facts.identity().user()
                            + ", but changes to a control plane require root",
                    "set ansible_become: true for this host, or log in as root"));
        }
        NEEDED.stream()
                .filter(tool -> !facts.tools().containsKey(tool))
                .forEach(tool -> problems.add(Problem.on(
                        facts.host(),
                        "no-tool",
                        tool + " is not installed on the host",
                        "install coreutils and util-linux")));
        if (facts.clockSkew().abs().compareTo(parameters.maxClockSkew()) > 0) {
            problems.add(Problem.on(
                    facts.host(),
                    "clock-skew",
                    "its clock differs by " + facts.clockSkew().toSeconds() + " s from this machine's",
                    "correct the clock that is wrong (chronyc tracking, timedatectl), because certificates and"
                            + " leases depend on it"));
        }
        problems.addAll(certificates(facts, context.run().planned(), parameters.minCertificateLife()));
        problems.addAll(manifests(facts));
        problems.addAll(namesakes(facts));
        return problems;
    }

    /**
     * Containers are found by the name that they have in their pod: an application's own etcd, or the control plane of a hosted cluster,
     * would be stopped with this one's.
     */
    private static List<Problem> namesakes(HostFacts facts) {
        return Stream.concat(Stream.of(ControlPlaneComponent.ETCD), ControlPlaneComponent.API_PARTS.stream())
                .filter(name -> facts.manifest(name).isPresent())
                .flatMap(name -> {
                    var pods = facts.containers().stream()
                            .filter(container -> container.name().equals(name))
                            .map(Answer.Container::pod)
                            .distinct()
                            .sorted()
                            .toList();
                    return pods.size() < 2
                            ? Stream.<Problem>empty()
                            : Stream.of(Problem.on(
                                    facts.host(),
                                    "container-of-the-same-name",
                                    "containers named " + name + " run in the pods " + String.join(", ", pods)
                                            + ": a run would stop all of them",
                                    "move the pods that are not this control plane's to another node (kubectl cordon,"
                                            + " then kubectl delete pod)"));
                })
                .toList();
    }

    private static List<Problem> certificates(HostFacts facts, Instant now, Duration life) {
        return facts.certificates().stream()
                .filter(certificate -> certificate.notAfter().isBefore(now.plus(life)))
                .map(certificate -> Problem.on(
                        facts.host(),
                        "certificate-expired",
                        certificate.path()
                                + (certificate.notAfter().isBefore(now) ? " expired at " : " expires at ")
                                + certificate.notAfter(),
                        "renew it first (kubeadm certs renew), because members and API servers would not start"
                                + " with it"))
                .toList();
    }

    /** The kubelet loads every file in the folder: a stray copy of a manifest replaces the real one. */
    private static List<Problem> manifests(HostFacts facts) {
        var strays = facts.manifests().stream()
                .flatMap(folder -> folder.strangers().stream()
                        .filter(name -> Stream.concat(
                                        Stream.of(ControlPlaneComponent.ETCD), ControlPlaneComponent.API_PARTS.stream())
                                .anyMatch(name::contains))
                        .map(name -> Problem.on(
                                facts.host(),
                                "stray-manifest",
                                folder.path() + "/" + name
                                        + " is in the kubelet's manifest folder, and the kubelet loads every file"
                                        + " there, whatever its extension",
                                "move it to another folder, because it can replace the real pod")));
        var kubelet = facts.manifests().stream()
                .filter(folder ->
                        !folder.manifests().isEmpty() && !facts.unitActive(ControlPlaneComponent.KUBELET_UNIT))
                .map(folder -> Problem.on(
                        facts.host(),
                        "kubelet-down",
                        "the kubelet does not run, and only the kubelet starts static pods",
                        "start it (systemctl start kubelet); journalctl -u kubelet shows why it does not start"));
        return Stream.concat(strays, kubelet).toList();
    }
}
