package dev.runbook.saved;

import dev.runbook.facts.Fingerprint;
import dev.runbook.journal.RunEvent;
import dev.runbook.model.Problem;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.TransferAction;
import dev.runbook.plan.Plan;
import dev.runbook.recorded.FactsFile;
import dev.runbook.step.LocalFiles;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A plan that is applied at most once, because it contains its run's id and token.
 *
 * @param plan with facts in which secrets are masked; its actions are complete
 * @param call the command line that made it; contains no secret
 * @param fingerprints of the hosts on which it is based; when one changes, the plan is stale
 * @param inventory hashes of the inventory's entries for its hosts
 */
public record SavedPlan(
        Plan plan,
        RunEvent.Call call,
        SequencedMap<String, Fingerprint> fingerprints,
        SortedMap<String, String> inventory) {
    public SavedPlan {
        inventory = Collections.unmodifiableSortedMap(new TreeMap<>(inventory));
        fingerprints = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fingerprints));
    }

    /** Saves a plan that was just made. */
    public static SavedPlan of(Plan plan, RunEvent.Call call, SortedMap<String, String> inventory) {
        var shown = new Plan(plan.run(), plan.runbook(), plan.steps(), FactsFile.masked(plan.facts()), plan.warnings());
        return new SavedPlan(shown, call, Fingerprint.ofAll(plan.facts()), inventory);
    }

    /** Problems of files on this machine that the plan sends or writes, and that changed since it was made. */
    public List<Problem> changedFiles(LocalFiles files) {
        return Stream.concat(changedSources(files).stream(), takenTargets(files))
                .toList();
    }

    private Stream<Problem> takenTargets(LocalFiles files) {
        return actions(TransferAction.StreamSnapshot.class)
                .map(TransferAction.StreamSnapshot::target)
                .distinct()
                .filter(files::exists)
                .map(path -> Problem.ofCall(
                        "plan-is-stale",
                        path + " is there, and was not when the plan was made; a snapshot replaces no file",
                        "move that file away first, or make the plan again with another one"));
    }

    private <A extends Action> Stream<A> actions(Class<A> type) {
        return plan.steps().stream()
                .flatMap(step -> step.hosts().values().stream())
                .flatMap(host -> host.actions().stream())
                .filter(type::isInstance)
                .map(type::cast);
    }

    private List<Problem> changedSources(LocalFiles files) {
        return actions(TransferAction.SendFile.class)
                .filter(send -> files.read(send.source())
                        .filter(file -> file.sha256().equals(send.sha256()))
                        .isEmpty())
                .map(TransferAction.SendFile::source)
                .distinct()
                .flatMap(path -> Stream.of(changed(path, files)))
                .toList();
    }

    /** Problems of hosts of the plan whose inventory entries changed since it was made. */
    public List<Problem> changedInventory(Map<String, String> now) {
        return plan.hosts().stream()
                .filter(host -> !Optional.ofNullable(inventory.get(host)).equals(Optional.ofNullable(now.get(host))))
                .map(host -> Problem.ofCall(
                        "plan-is-stale",
                        "the inventory's entry for " + host + " has changed since the plan was made",
                        "make the plan again, or give the plan's inventory with -i"))
                .toList();
    }

    private static Problem changed(Path path, LocalFiles files) {
        return Problem.ofCall(
                "plan-is-stale",
                path + (files.read(path).isPresent() ? " has changed since the plan was made" : " does not exist"),
                "restore the file, or make the plan again");
    }
}
