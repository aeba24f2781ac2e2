package dev.runbook.cli.prove;

import dev.runbook.cli.terminal.UsageError;
import dev.runbook.load.Loaded;
import dev.runbook.load.Loader;
import dev.runbook.load.Request;
import dev.runbook.node.sim.SimFleet;
import dev.runbook.steps.StepTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Placeholders for required inputs without a value, sufficient to try a runbook on simulated nodes. */
final class PlaceholderInputs {
    private static final String MISSING = "missing-input";
    private static final Pattern NAME = Pattern.compile("the input (\\S+) has no value");

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
        try {
            // Of a member that does not run, too: the plan then says why it does not.
            if (!fleet.writeSnapshot(target)) {
                throw new UsageError("no simulated host has a member to take a snapshot of; try -e snapshot=FILE");
            }
        } catch (IOException e) {
            throw new UsageError("cannot write the placeholder " + target + ": " + e.getMessage());
        }
    }
}
