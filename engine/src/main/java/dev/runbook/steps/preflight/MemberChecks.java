package dev.runbook.steps.preflight;

import dev.runbook.facts.HostFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.MemberFacts;
import dev.runbook.model.Problem;
import dev.runbook.step.StepContext;
import dev.runbook.steps.shared.ControlPlaneComponent;
import dev.runbook.steps.shared.NoMember;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks of the member that a host runs, and of the cluster as the members report it. */
final class MemberChecks {
    private MemberChecks() {}

    static List<Problem> check(StepContext context) {
        var problems = new ArrayList<Problem>();
        boolean ofEtcdGroup =
                context.cluster().groups().getOrDefault("etcd", List.of()).contains(context.host());
        var member = context.facts().member();
        if (ofEtcdGroup && member.isEmpty()) {
            problems.addAll(NoMember.on(
                    context,
                    "the inventory's group etcd has this host, but no member is configured on it",
                    "look for etcd.yaml in the manifest folder or for etcd.service; an earlier run may have"
                            + " parked the manifest in /etc/kubernetes/runbook-RUN/manifests"));
        }
        if (context.host().equals(context.stepHosts().getFirst())) {
            problems.addAll(leftOut(context));
        }
        member.ifPresent(found -> {
            problems.addAll(MemberLeftovers.check(context.facts(), found));
            problems.addAll(PeerCertificate.check(context.facts(), found));
            if (found.live() instanceof LiveMember.Answers answers) {
                problems.addAll(alarms(context, answers));
                problems.addAll(membership(context, found, answers));
                problems.addAll(apiServers(context, answers));
            }
        });
        return problems;
    }

    /** Members outside the play, by --limit or by hosts narrower than the group, would keep serving the old data. */
    private static List<Problem> leftOut(StepContext context) {
        return context.cluster().groups().getOrDefault("etcd", List.of()).stream()
                .filter(host -> !context.cluster().hosts().containsKey(host))
                .map(host -> Problem.ofCall(
                        "member-left-out",
                        "the inventory's group etcd has " + host + ", but no step of this play runs on it",
                        "run without --limit; remove a host that is gone for good from the inventory"))
                .toList();
    }

    private static List<Problem> alarms(StepContext context, LiveMember.Answers answers) {
        return answers.alarms().stream()
                .map(alarm -> Problem.on(
                                context.host(),
                                "alarm",
                                "alarm " + alarm + " is raised",
                                "the restored cluster has no alarm unless the snapshot has it too")
                        .asWarning())
                .toList();
    }

    /** The hosts' own configuration is authoritative; the member list that a member reports is compared with it. */
    private static List<Problem> membership(StepContext context, MemberFacts self, LiveMember.Answers answers) {
        var configured = new TreeSet<String>();
        context.cluster().members().forEach(member -> configured.addAll(member.peerUrls()));
        var problems = new ArrayList<Problem>();
        if (answers.members().isEmpty()) {
            // A member without a member list is no evidence against the inventory.
            return problems;
        }
        var listed = answers.members().stream()
                .flatMap(peer -> peer.peerUrls().stream())
                .collect(Collectors.toSet());
        var unread = context.cluster().hosts().values().stream()
                .filter(NoMember::unread)
                .map(HostFacts::host)
                .toList();
        for (var url : difference(listed, configured)) {
            problems.add(Problem.on(
                    context.host(),
                    "member-not-in-inventory",
                    "its member list has " + url + ", but no host of the inventory is configured with that peer URL",
                    unread.isEmpty()
                            ? "add that host to the inventory's group etcd, because a member that is left out keeps"
                                    + " running on the old data"
                            : "first correct " + String.join(", ", unread)
                                    + ", whose member's configuration is not known; it may be that one"));
        }
        for (var url : difference(new HashSet<>(self.peerUrls()), listed)) {
            problems.add(Problem.on(
                    context.host(),
                    "member-not-in-list",
                    "its configuration has the peer URL " + url + ", but its member list does not",
                    "compare `etcdctl member list` with its --initial-advertise-peer-urls"));
        }
        answers.members().stream()
                .filter(LiveMember.Peer::learner)
                .forEach(peer -> problems.add(Problem.on(
                                context.host(),
                                "learner",
                                "member " + peer.name() + " is a learner",
                                "the restore makes every member a voter")
                        .asWarning()));
        return problems;
    }

    /** An API server that no step stops would serve stale caches over restored data. */
    private static List<Problem> apiServers(StepContext context, LiveMember.Answers answers) {
        var known = new HashSet<String>();
        context.cluster().hosts().values().forEach(facts -> {
            facts.manifest(ControlPlaneComponent.API_SERVER).ifPresent(file -> known.add(file.text()));
            var unit = facts.units().get(ControlPlaneComponent.unit(ControlPlaneComponent.API_SERVER));
            if (unit != null) {
                known.add(unit.properties().getOrDefault("ExecStart", ""));
            }
        });
        return answers.apiServers().stream()
                .filter(address -> known.stream().noneMatch(text -> mentions(text, address)))
                .map(address -> Problem.on(
                        context.host(),
                        "api-server-not-in-inventory",
                        "an API server at " + address
                                + " keeps its lease in etcd, but no host of the inventory runs an API server at that"
                                + " address",
                        "add that host to the inventory's group kube_control_plane, so that the run stops it too"))
                .toList();
    }

    private static boolean mentions(String commandLine, String address) {
        return commandLine.matches(
                "(?s).*--advertise-address[= ]" + java.util.regex.Pattern.quote(address) + "(?![0-9.]).*");
    }

    private static Set<String> difference(Set<String> all, Set<String> without) {
        var difference = new TreeSet<>(PeerUrls.normalized(all));
        difference.removeAll(PeerUrls.normalized(without));
        return difference;
    }
}
