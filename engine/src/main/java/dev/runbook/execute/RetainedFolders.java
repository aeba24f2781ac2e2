package dev.runbook.execute;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunPlan;
import dev.runbook.model.action.FileAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The folders that a run made for its retained artifacts: what it moved there and what it sent. */
public final class RetainedFolders {
    private RetainedFolders() {}

    /** By host, outermost only; a host where it made none is there with none. */
    public static Map<String, List<String>> of(List<RunEvent> events) {
        var kept = new TreeMap<String, SortedSet<String>>();
        for (var event : events) {
            switch (event) {
                case RunEvent.RunBegan began -> began.hosts().forEach(host -> kept.put(host, new TreeSet<>()));
                case RunEvent.RunPlanned planned ->
                    planned.plan().steps().forEach(step -> add(kept, run(events), step));
                case RunEvent.StepIntended _,
                        RunEvent.ActionEnded _,
                        RunEvent.StepResumed _,
                        RunEvent.InDoubtResolved _,
                        RunEvent.StepEnded _,
                        RunEvent.CommitBegan _,
                        RunEvent.Committed _,
                        RunEvent.RollbackBegan _,
                        RunEvent.StepUndoBegan _,
                        RunEvent.UndoEnded _,
                        RunEvent.RunEnded _ -> {}
            }
        }
        var outermost = new TreeMap<String, List<String>>();
        kept.forEach((host, folders) -> outermost.put(host, outermost(folders)));
        return outermost;
    }

    private static String run(List<RunEvent> events) {
        return events.stream()
                .filter(RunEvent.RunBegan.class::isInstance)
                .map(event -> ((RunEvent.RunBegan) event).run())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a plan without a beginning"));
    }

    private static void add(Map<String, SortedSet<String>> kept, String run, RunPlan.Step step) {
        step.actions().forEach((host, actions) -> {
            for (var action : actions) {
                if (action instanceof FileAction.MakeFolder(var path, var _) && isOf(run, path)) {
                    kept.computeIfAbsent(host, _ -> new TreeSet<>()).add(path);
                }
            }
        });
    }

    /** As the folders of a run are named: beside what it moves aside, inside of it, or in a folder of the runbook's. */
    private static boolean isOf(String run, String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        return name.equals("runbook-" + run) || name.endsWith(".runbook-" + run);
    }

    private static List<String> outermost(SortedSet<String> folders) {
        var outermost = new ArrayList<String>();
        for (var folder : folders) {
            if (outermost.stream().noneMatch(outer -> folder.startsWith(outer + "/"))) {
                outermost.add(folder);
            }
        }
        return outermost;
    }
}
