package dev.runbook.cli.prove;

import dev.runbook.cli.terminal.UsageError;
import dev.runbook.load.Loaded;
import dev.runbook.load.Loader;
import dev.runbook.load.Request;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.action.TransferAction;
import dev.runbook.node.Batch;
import dev.runbook.node.sim.SimFleet;
import dev.runbook.steps.StepTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Placeholders for required inputs without a value, sufficient to try a runbook on simulated nodes. */
final class PlaceholderInputs {
    private static final String MISSING = "missing-input";
    private static final Pattern NAME = Pattern.compile("the input (\\S+) has no value");
    private static final EtcdAccess OWN = new EtcdAccess("127.0.0.1", 2379, Optional.empty());

    private PlaceholderInputs() {}

    /** A value for each of them: for {@code snapshot} one of the simulated cluster, else a path that does not exist. */
    static List<Request.GivenText> of(Request request, Path folder, FleetSource cluster) throws UsageError {
        if (!(new Loader(StepTypes.ALL).load(request) instanceof Loaded.Failed(var problems, var _))) {
            return List.of();
        }
        var values = new ArrayList<Request.GivenText>();
        for (var problem : problems) {
            var name = NAME.matcher(problem.summary());
            if (problem.code().equals(MISSING) && name.find()) {
                var path = folder.resolve(name.group(1));
                if (name.group(1).equals("snapshot")) {
                    snapshot(cluster.fleet(), path);
                }
                values.add(new Request.GivenText(name.group(1) + "=" + path, "placeholder"));
            }
        }
        return values;
    }

    /** Makes the simulated nodes, only when a snapshot of them is needed. */
    @FunctionalInterface
    interface FleetSource {
        SimFleet fleet() throws UsageError;
    }

    private static void snapshot(SimFleet fleet, Path target) throws UsageError {
        var stream = new TransferAction.StreamSnapshot(OWN, target, Duration.ofSeconds(30));
        for (var node : fleet.nodes().values()) {
            var results = node.perform(new Batch("prove", 1, 0, List.of(stream)), (_, _) -> {})
                    .results();
            if (results.getFirst().succeeded()) {
                return;
            }
        }
        throw new UsageError("no simulated host has a member to take a snapshot of; try -e snapshot=FILE");
    }
}
