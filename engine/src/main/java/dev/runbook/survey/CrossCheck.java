package dev.runbook.survey;

import dev.runbook.facts.HostFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.MemberFacts;
import dev.runbook.model.Problem;
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * Members as the first one's host reaches them: the way in which {@code verify} compares them after a restore, tried while
 * they all run.
 */
final class CrossCheck {
    private CrossCheck() {}

    /** Adds what does not work to the facts of the host that has to ask. */
    static void of(NodeSet fleet, SequencedMap<String, HostFacts> hosts) {
        var members = hosts.values().stream()
                .filter(host -> host.member().isPresent())
                .toList();
        if (members.size() < 2) {
            return;
        }
        var asking = members.getFirst();
        var problems = new ArrayList<Problem>(asking.problems());
        for (var other : members.subList(1, members.size())) {
            var member = other.member().orElseThrow();
            if (member.live() instanceof LiveMember.Answers) {
                problems.addAll(tried(fleet, asking.host(), other.host(), member));
            }
        }
        hosts.put(asking.host(), with(asking, problems));
    }

    private static List<Problem> tried(NodeSet fleet, String from, String host, MemberFacts member) {
        var access = member.fromOthers();
        try (var reader = fleet.node(from).openMember(access)) {
            reader.status();
            return List.of();
        } catch (MemberUnreachable | NodeUnreachable e) {
            return List.of(Problem.on(
                    from,
                    "member-not-reached",
                    "the member of " + host + " cannot be asked from here at " + access.url()
                            + ", its advertised client URL, so the members could not be compared after a restore: "
                            + e.getMessage(),
                    "every member must be reachable at its --advertise-client-urls with the certificates that the"
                            + " others have"));
        }
    }

    private static HostFacts with(HostFacts host, List<Problem> problems) {
        return new HostFacts(
                host.host(),
                host.identity(),
                host.clockSkew(),
                host.tools(),
                host.manifests(),
                host.units(),
                host.containers(),
                host.member(),
                host.certificates(),
                problems,
                host.start());
    }
}
