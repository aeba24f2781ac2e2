package dev.runbook.cli.apply;

import dev.runbook.cli.inventory.SimulatedNodes;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.LiveDisplay;
import dev.runbook.cli.terminal.SteadyClock;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.execute.RunObserver;
import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.RunEvent;
import dev.runbook.model.Problem;
import dev.runbook.model.action.Action;
import dev.runbook.node.NodeSet;
import dev.runbook.report.FailureText;
import dev.runbook.report.ProgressText;
import dev.runbook.report.ProofText;
import dev.runbook.report.line.OutageLineMapper;
import dev.runbook.report.line.RunLineMapper;
import dev.runbook.report.live.LiveRun;
import dev.runbook.report.outage.Outage;
import dev.runbook.report.outage.OutageForecast;
import dev.runbook.report.outage.OutageText;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** The view of a run: line by line for the operator, or as JSON Lines for a program. */
public final class RunView implements RunObserver {
    private final Terminal terminal;
    private final ProgressText progress;
    private final ProofText proof = new ProofText();
    private final Outage outage = new Outage();
    private Optional<OutageForecast> predicted;
    private List<RunEvent> replayed = List.of();
    private Consumer<RunEvent> others = _ -> {};

    /** What the hosts do now; a run of simulated nodes has none, because no time passes in it. */
    private Optional<LiveRun> live = Optional.empty();

    public RunView(Terminal terminal, int steps) {
        this(terminal, steps, Optional.empty());
    }

    /** @param predicted what the plan said of the outage; empty where no plan was shown, and for one without an outage */
    RunView(Terminal terminal, int steps, Optional<OutageForecast> predicted) {
        this.predicted = predicted;
        this.terminal = terminal;
        this.progress = new ProgressText(terminal.style(), steps);
    }

    /** Passes the events on, too. */
    RunView also(Consumer<RunEvent> listener) {
        others = listener;
        return this;
    }

    /** Shows what the hosts do now until the display is closed, which is before the outcome is shown. */
    public LiveDisplay display(NodeSet fleet, Clock clock) {
        if (SimulatedNodes.of(fleet)) {
            return LiveDisplay.none(terminal);
        }
        var run = new LiveRun(new SteadyClock(clock));
        run.replay(replayed);
        run.predict(predicted);
        live = Optional.of(run);
        return LiveDisplay.start(terminal, run, terminal::line);
    }

    /**
     * The hosts are checked once more, because the plan may be stale.
     *
     * @return to be told of each that has answered
     */
    Consumer<String> checks(Set<String> hosts) {
        live.ifPresent(run -> run.checks(hosts));
        return host -> live.ifPresent(run -> run.checked(host));
    }

    @Override
    public void begins(int step, String host, int index, Action action) {
        live.ifPresent(run -> run.begins(step, host, index, action));
    }

    @Override
    public void waits(String host, String seen) {
        live.ifPresent(run -> run.waits(host, seen));
    }

    @Override
    public void transferred(String host, long bytes, OptionalLong total) {
        live.ifPresent(run -> run.transferred(host, bytes, total));
    }

    @Override
    public void accept(RunEvent event) {
        others.accept(event);
        live.ifPresent(run -> run.accept(event));
        proof.accept(event);
        measure(event);
        terminal.emit(RunLineMapper.of(event));
        if (!terminal.json()) {
            terminal.lines(progress.lines(event));
        }
    }

    /** Takes in the events of an earlier process without showing them, because later events refer to them. */
    public void replay(List<RunEvent> events) {
        replayed = List.copyOf(events);
        for (var event : events) {
            measure(event);
            if (event instanceof RunEvent.RunPlanned || event instanceof RunEvent.StepIntended) {
                proof.accept(event);
                progress.lines(event);
            }
        }
    }

    private void measure(RunEvent event) {
        outage.accept(event);
        if (event instanceof RunEvent.RunPlanned planned) {
            predicted = predicted.or(() -> OutageForecast.of(planned.plan()));
        }
    }

    /** Shows the end of a rollback that the operator requested. */
    public ExitCode rolledBack(String run, RunOutcome outcome) {
        terminal.emit(RunLineMapper.of(run, outcome, ExitCode.DONE.number(), List.of()));
        say(terminal.style().green("Done.") + " Every host is as it was before run " + run + ".");
        return ExitCode.DONE;
    }

    /** Warns of hosts that remain locked and would refuse the next run, although nothing failed there. */
    public void stillLocked(List<String> hosts) {
        for (var host : hosts) {
            terminal.note(host
                    + " did not answer when its lock was to be released. The next run from this machine releases it;"
                    + " from another machine, try: runbook unlock " + host + " -i INVENTORY");
        }
    }

    /** Shows the outcome of the run, and what the operator has to do next. */
    public ExitCode finish(String run, RunOutcome outcome) {
        var code = show(run, outcome);
        outage.length().ifPresent(length -> terminal.emit(OutageLineMapper.of(run, length, outage.phases())));
        terminal.emit(RunLineMapper.of(run, outcome, code.number(), proof.sentences()));
        return code;
    }

    /** Repeats, as the last word, what the run did without. */
    public void leftOut(List<Problem> warnings) {
        warnings.forEach(problem -> {
            var host = problem.where() instanceof Problem.Where.OnHost(var name, var _) ? name + ": " : "";
            say("  left out: " + host + problem.summary());
        });
    }

    private ExitCode show(String run, RunOutcome outcome) {
        var style = terminal.style();
        var failures = new FailureText(style);
        return switch (outcome) {
            case RunOutcome.Succeeded _ -> {
                proof.lines().forEach(this::say);
                outage.length()
                        .ifPresent(length -> OutageText.of(length, outage.phases(), predicted)
                                .forEach(this::say));
                say(style.green("Done.") + " Run " + run + " succeeded.");
                yield ExitCode.DONE;
            }
            case RunOutcome.RolledBack(var cause) -> {
                say(style.yellow("Rolled back.") + " Every host is as it was before run " + run + ". Cause:");
                failures.cause(cause).forEach(this::say);
                yield ExitCode.ROLLED_BACK;
            }
            case RunOutcome.Interrupted(var cause) -> {
                say(style.yellow("Interrupted.") + " Run " + run
                        + " stopped where it was, and its hosts remain locked.");
                failures.cause(cause).forEach(this::say);
                say("  next: runbook resume " + run + "   to continue");
                say("    or: runbook rollback " + run + "   to roll every host back");
                yield ExitCode.INTERRUPTED;
            }
            case RunOutcome.TakenOver(var by) -> {
                say(style.yellow("Taken over.") + " Run " + run + " is not carried out by this process any more: it"
                        + " stopped where it was, writes no more to the journal, and rolls nothing back.");
                say("  " + by);
                say("  next: nothing from here while another controller has the run. If that one is dead, or `runbook"
                        + " unlock` released the lock: runbook resume " + run);
                yield ExitCode.INTERRUPTED;
            }
            case RunOutcome.Stuck stuck -> {
                say(style.red("Manual intervention required.") + " Run " + run
                        + (stuck.committed()
                                ? " is committed: the restored etcd is verified. Left to do:"
                                : " could not be rolled back completely. Left to undo:"));
                stuck.leftovers().forEach(left -> failures.leftover(left).forEach(this::say));
                say("  next: repair what is listed above, then: runbook resume " + run
                        + (stuck.committed() ? "   to complete it" : "   to continue the rollback"));
                if (stuck.committed()) {
                    say("    or: runbook rollback " + run + "   only to return to the data from before the run");
                }
                yield ExitCode.STUCK;
            }
            case RunOutcome.Undecided(var inDoubt) -> {
                say(style.red("Needs your decision.")
                        + " The results of these actions cannot be determined from here, and nothing was done:");
                inDoubt.forEach(action -> failures.inDoubt(action).forEach(this::say));
                say("  next: check the hosts, then give --assume-done or --assume-not-done for each action:");
                var first = inDoubt.getFirst();
                say("        runbook resume " + run + " --assume-done " + (first.step() + 1) + ":" + first.host());
                say("    or: runbook rollback " + run + "   to roll every host back");
                yield ExitCode.STUCK;
            }
            case RunOutcome.NotBegun(var reasons) -> {
                say(style.red("Not begun.") + " Nothing was changed:");
                reasons.forEach(left -> failures.leftover(left).forEach(this::say));
                yield ExitCode.PREFLIGHT;
            }
        };
    }

    private void say(String text) {
        terminal.line(text);
    }
}
