package dev.runbook.node.shell.result;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Failure;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.RunProgram;
import dev.runbook.node.shell.wire.ScriptResult;
import dev.runbook.node.shell.wire.Stopwatch;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Outcomes of the shell as results of actions. */
public final class ActionResults {
    private ActionResults() {}

    public static ActionResult of(Action action, ScriptResult outcome, Stopwatch watch) {
        var took = watch.read();
        if (outcome.status() == 0) {
            return outcome.mark("already").isPresent()
                    ? new ActionResult.AlreadyDone(took)
                    : new ActionResult.Done(took);
        }
        var program = outcome.mark("program");
        var code = program.isPresent() ? OptionalInt.of(program.get().number(0)) : OptionalInt.empty();
        var command = program.map(mark -> command(action, mark.text()));
        if (outcome.mark("fenced").isPresent()) {
            return new ActionResult.Fenced(Failure.of(outcome.why()), took);
        }
        var failure = new Failure(summary(action, outcome, took), command, code, outcome.errors());
        if (outcome.mark("barred").isPresent()) {
            return new ActionResult.Barred(failure, took);
        }
        return outcome.mark("refused").isPresent()
                ? new ActionResult.Refused(failure, took)
                : new ActionResult.Failed(failure, took);
    }

    /** Nothing was sent. */
    public static ActionResult barred(@Nullable String summary, Stopwatch watch) {
        return new ActionResult.Barred(Failure.of(String.valueOf(summary)), watch.read());
    }

    /** Nothing was touched. */
    public static ActionResult refused(@Nullable String summary, Stopwatch watch) {
        return new ActionResult.Refused(Failure.of(String.valueOf(summary)), watch.read());
    }

    public static ActionResult failed(@Nullable String summary, Stopwatch watch) {
        return new ActionResult.Failed(Failure.of(String.valueOf(summary)), watch.read());
    }

    public static ActionResult inDoubt(String summary, Stopwatch watch) {
        return new ActionResult.InDoubt(Failure.of(summary), watch.read());
    }

    private static String summary(Action action, ScriptResult outcome, Duration took) {
        return action instanceof Await ? waited(took, outcome.why()) : outcome.why();
    }

    /**
     * What was waited for stands beside this wherever it is shown.
     *
     * @param took how long it really waited, which an end before the deadline makes shorter
     */
    public static String waited(Duration took, String found) {
        return "waited " + Math.round(took.toMillis() / 1000.0) + " s: " + found;
    }

    private static String command(Action action, String program) {
        return Optional.of(action)
                .filter(RunProgram.class::isInstance)
                .map(RunProgram.class::cast)
                .map(run -> String.join(" ", run.argv()))
                .orElse(program);
    }
}
