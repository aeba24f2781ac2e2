package dev.runbook.steps.shared;

import dev.runbook.facts.MemberFacts;
import dev.runbook.model.MemberSpec;
import dev.runbook.model.NodeState;
import dev.runbook.model.PathState;
import dev.runbook.step.StepContext;
import java.util.Optional;

/** The member that will start on a host whose data an earlier step of this plan restores. */
public final class RestoredMember {
    private RestoredMember() {}

    public static Optional<MemberSpec> on(StepContext context, MemberFacts member) {
        var state = context.state();
        var prepared = DataLayout.of(member, context.run()).prepared();
        return at(state, member.data().path() + "/member")
                .or(() -> at(state, member.data().path()))
                .or(() -> named(state, prepared) ? at(state, prepared) : Optional.empty());
    }

    private static Optional<MemberSpec> at(NodeState state, String path) {
        return state.at(path)
                .filter(PathState.Folder.class::isInstance)
                .flatMap(folder -> ((PathState.Folder) folder).member());
    }

    /** Whether a file that the plan writes names the prepared folder. */
    private static boolean named(NodeState state, String prepared) {
        return state.paths().values().stream()
                .anyMatch(path ->
                        path instanceof PathState.TextFile file && file.text().contains(prepared));
    }
}
