package dev.runbook.report;

import dev.runbook.journal.RunEvent;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a run has proven, in the words of its probes: shown at the end of the run, because a bare "ok" proves nothing. */
public final class ProofText {
    private final Map<Integer, Map<String, List<Action>>> intended = new HashMap<>();
    private final Set<String> proven = new LinkedHashSet<>();

    public void accept(RunEvent event) {
        switch (event) {
            case RunEvent.StepIntended step -> intended.put(step.step(), step.actions());
            case RunEvent.ActionEnded ended
            when ended.result().succeeded() -> prove(ended.host(), action(ended), ended.result());
            // A resumed run has no second intent of the steps that an earlier controller began.
            case RunEvent.RunPlanned planned ->
                planned.plan().steps().forEach(step -> intended.put(step.index(), step.actions()));
            case RunEvent.RunBegan _,
                    RunEvent.StepResumed _,
                    RunEvent.InDoubtResolved _,
                    RunEvent.ActionEnded _,
                    RunEvent.StepEnded _,
                    RunEvent.CommitBegan _,
                    RunEvent.Committed _,
                    RunEvent.RollbackBegan _,
                    RunEvent.StepUndoBegan _,
                    RunEvent.UndoEnded _,
                    RunEvent.RunEnded _ -> {}
        }
    }

    private Action action(RunEvent.ActionEnded ended) {
        return intended.getOrDefault(ended.step(), Map.of())
                .getOrDefault(ended.host(), List.of())
                .get(ended.index());
    }

    private void prove(String host, Action action, ActionResult result) {
        if (action instanceof Await await
                && await.direction().forward()
                && await.probe() instanceof Probe.Tunnelled probe
                && !(probe instanceof Probe.PeerServes || probe instanceof Probe.PeerStopped)) {
            var but = result instanceof ActionResult.Done(var _, var note)
                    ? note.map(text -> "; but " + text).orElse("")
                    : "";
            proven.add(host + ": " + probe.describe() + but);
        }
    }

    /** One sentence per proof, in the order of the run. */
    public List<String> sentences() {
        return List.copyOf(proven);
    }

    /** One line per proof, in the order of the run; empty when no step proves anything. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        if (!proven.isEmpty()) {
            lines.add("Proven:");
            proven.forEach(proof -> lines.add("  " + proof));
        }
        return lines;
    }
}
