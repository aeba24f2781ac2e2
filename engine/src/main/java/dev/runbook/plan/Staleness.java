package dev.runbook.plan;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.Fingerprint;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.EtcdDataAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Compares hosts with the facts on which a plan is based. */
public final class Staleness {
    private Staleness() {}

    /**
     * A change on a host.
     *
     * @param what a clause to be followed by "since the plan was made"
     */
    public record Change(String host, String what) {}

    /**
     * Lists the changes.
     *
     * @param planned fingerprints of the hosts when the plan was made
     * @param now present facts of the plan's hosts
     */
    public static List<Change> of(Plan plan, SequencedMap<String, Fingerprint> planned, ClusterFacts now) {
        var changes = new ArrayList<Change>();
        planned.forEach((host, before) -> Optional.ofNullable(now.hosts().get(host))
                .map(found -> before.differences(Fingerprint.of(found)))
                .orElse(List.of("the host was not checked"))
                .forEach(what -> changes.add(new Change(host, what))));
        now.highestRevision()
                .ifPresent(live -> plan.steps()
                        .forEach(step -> step.hosts()
                                .forEach((host, onHost) -> onHost.actions().stream()
                                        .filter(action -> isBelow(live, action))
                                        .forEach(_ -> changes.add(new Change(
                                                host,
                                                "the members advanced to revision " + live
                                                        + ", beyond that of the restored data,"))))));
        return changes;
    }

    /** Clients that saw a higher revision than the restored one would miss events without an error. */
    private static boolean isBelow(long live, Action action) {
        return action instanceof EtcdDataAction.RestoreData restore
                && restore.member().bump().isPresent()
                && restore.member().revision() < live;
    }
}
