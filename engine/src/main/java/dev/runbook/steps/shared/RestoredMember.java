package dev.runbook.steps.shared;

import dev.runbook.facts.DataFacts;
import dev.runbook.model.Action.MemberSpec;
import dev.runbook.model.NodeState;
import dev.runbook.model.PathState;
import java.util.Optional;

/** Who starts on a data folder, when an earlier step of this plan made or switched it. */
public final class RestoredMember {
    private RestoredMember() {}

    public static Optional<MemberSpec> on(NodeState state, DataFacts data) {
        return at(state, data.path() + "/member").or(() -> at(state, data.path()));
    }

    private static Optional<MemberSpec> at(NodeState state, String path) {
        return state.at(path)
                .filter(PathState.Folder.class::isInstance)
                .flatMap(folder -> ((PathState.Folder) folder).member());
    }
}
