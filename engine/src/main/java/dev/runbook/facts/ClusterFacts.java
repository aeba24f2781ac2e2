package dev.runbook.facts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Facts of all hosts of a play, in the order of the inventory.
 *
 * @param groups hosts by group, from the inventory
 */
public record ClusterFacts(SequencedMap<String, HostFacts> hosts, Map<String, List<String>> groups) {
    public ClusterFacts {
        hosts = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hosts));
        groups = Map.copyOf(groups);
    }

    public HostFacts of(String host) {
        return Optional.ofNullable(hosts.get(host))
                .orElseThrow(() -> new IllegalArgumentException(host + " is in no step of this play"));
    }

    /** Every configured member, in the order of the inventory. */
    public List<MemberFacts> members() {
        return hosts.values().stream().flatMap(facts -> facts.member().stream()).toList();
    }

    /** Answers of the members that answer. */
    public Stream<LiveMember.Answers> answers() {
        return members().stream()
                .map(MemberFacts::live)
                .filter(LiveMember.Answers.class::isInstance)
                .map(LiveMember.Answers.class::cast);
    }

    /** The highest revision of any member; empty when none answers. */
    public OptionalLong highestRevision() {
        return answers().mapToLong(LiveMember.Answers::revision).max();
    }
}
