package dev.runbook.plan;

import dev.runbook.facts.DataFacts;
import dev.runbook.facts.FileFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.model.NodeState;
import dev.runbook.model.PathState;
import java.util.Optional;

/** A host's state before the first step, from its facts. */
final class InitialState {
    private InitialState() {}

    static NodeState of(HostFacts facts) {
        var state = NodeState.unknown();
        if (facts.manifests().isPresent()) {
            for (var manifest : facts.manifests().get().manifests()) {
                state = withFile(state, manifest);
            }
        }
        for (var unit : facts.units().values()) {
            state = state.withUnit(unit.unit(), unit.active());
        }
        if (facts.member().isPresent()) {
            var member = facts.member().get();
            state = withFolder(state, member.data());
            if (member.walDir().isPresent()) {
                state = withFolder(state, member.walDir().get());
            }
            switch (member.source()) {
                case MemberSource.StaticPod _ -> {}
                case MemberSource.Unit unit -> {
                    for (var file : unit.environmentFiles()) {
                        state = withFile(state, file);
                    }
                    if (unit.configFile().isPresent()) {
                        state = withFile(state, unit.configFile().get());
                    }
                }
            }
        }
        return state;
    }

    private static NodeState withFile(NodeState state, FileFacts file) {
        return state.with(file.path(), new PathState.TextFile(file.text(), file.attributes()));
    }

    private static NodeState withFolder(NodeState state, DataFacts data) {
        return state.with(
                data.path(),
                data.present() ? new PathState.Folder(data.attributes(), Optional.empty()) : new PathState.Absent());
    }
}
