package dev.runbook.steps.shared;

import dev.runbook.facts.LiveMember;
import dev.runbook.facts.MemberFacts;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The last wait in the rollback of a stop: the member has its original identity, in a cluster with a leader. */
public final class OriginalMember {
    private OriginalMember() {}

    /** Empty where the member did not answer, or knew no leader, before the run: then no original state can be checked. */
    public static Optional<Action> await(MemberFacts member, Duration deadline) {
        if (!(member.live() instanceof LiveMember.Answers answers)
                || answers.leaderId().isEmpty()) {
            return Optional.empty();
        }
        // An alarm or a learner from before the run is there again.
        boolean settled =
                answers.alarms().isEmpty() && answers.members().stream().noneMatch(LiveMember.Peer::learner);
        var asBefore = new Probe.Expected(
                Optional.of(answers.memberId()),
                Optional.of(answers.clusterId()),
                OptionalLong.of(answers.revision()),
                Optional.empty(),
                settled);
        return Optional.of(new Await(new Probe.MemberIs(member.access(), asBefore), deadline, Direction.BACKWARD));
    }
}
