package dev.runbook.steps.preflight;

import dev.runbook.facts.HostFacts;
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
        return problems;
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
