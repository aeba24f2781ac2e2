package dev.runbook.cli.apply;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.RunEvent;
import dev.runbook.report.FailureText;
import dev.runbook.report.ProgressText;
import dev.runbook.report.ProofText;
import dev.runbook.report.line.RunLines;
import java.util.List;
import java.util.function.Consumer;

/** Shows a run: to a person line by line, or to a program as JSON Lines. */
public final class RunView implements Consumer<RunEvent> {
    private final Terminal terminal;
    private final ProgressText progress;
    private final ProofText proof = new ProofText();

    public RunView(Terminal terminal, int steps) {
        this.terminal = terminal;
        this.progress = new ProgressText(terminal.style(), steps);
    }

    @Override
    public void accept(RunEvent event) {
        proof.see(event);
        terminal.emit(RunLines.of(event));
        if (!terminal.json()) {
            terminal.lines(progress.lines(event));
        }
    }

    /** What an earlier process did is not shown again, but what follows speaks of it. */
    public void past(List<RunEvent> events) {
        for (var event : events) {
            if (event instanceof RunEvent.RunPlanned || event instanceof RunEvent.StepIntended) {
                proof.see(event);
                progress.lines(event);
            }
        }
    }

    /** A rollback that was asked for did what it should. */
    public ExitCode takenBack(String run, RunOutcome outcome) {
        terminal.emit(RunLines.of(run, outcome, ExitCode.DONE.number(), List.of()));
        say(terminal.style().green("Done.") + " Every host is as it was before run " + run + ".");
        return ExitCode.DONE;
    }

    /** Nothing is wrong there, but the next run would be refused. */
    public void stillLocked(List<String> hosts) {
        for (var host : hosts) {
            terminal.note(
                    host + " was away when its lock was to be given back. The next run from this machine frees it;"
                            + " from another one: runbook unlock " + host + " -i INVENTORY");
        }
    }

    /** The last lines: how it ended, and what is left for a person to do. */
    public ExitCode ended(String run, RunOutcome outcome) {
        var code = told(run, outcome);
        terminal.emit(RunLines.of(run, outcome, code.number(), proof.sentences()));
        return code;
    }

    private ExitCode told(String run, RunOutcome outcome) {
        var style = terminal.style();
        var failures = new FailureText(style);
        return switch (outcome) {
            case RunOutcome.Succeeded _ -> {
                proof.lines().forEach(this::say);
                say(style.green("Done.") + " Run " + run + " succeeded.");
                yield ExitCode.DONE;
            }
            case RunOutcome.RolledBack(var cause) -> {
                say(style.yellow("Rolled back.") + " Every host is as it was before run " + run + ". What failed:");
                failures.cause(cause).forEach(this::say);
                yield ExitCode.ROLLED_BACK;
            }
            case RunOutcome.Interrupted(var cause) -> {
                say(style.yellow("Interrupted.") + " Run " + run
                        + " stands where it was stopped, and its hosts stay locked.");
                failures.cause(cause).forEach(this::say);
                say("  next: runbook resume " + run + "   goes on");
                say("    or: runbook rollback " + run + "   puts every host back as it was");
                yield ExitCode.INTERRUPTED;
            }
            case RunOutcome.Stuck stuck -> {
                say(style.red("A person is needed.") + " Run " + run
                        + (stuck.committed()
                                ? " is committed: the restored etcd is proven. What is left to do:"
                                : " could not put everything back. What is left to undo:"));
                stuck.leftovers().forEach(left -> failures.leftover(left).forEach(this::say));
                say("  next: mend what is named above, then: runbook resume " + run
                        + (stuck.committed() ? "   to do the rest" : "   to try the rest of the way back again"));
                if (stuck.committed()) {
                    say("    or: runbook rollback " + run + "   only to go back to the data of before");
                }
                yield ExitCode.STUCK;
            }
            case RunOutcome.Undecided(var doubts) -> {
                say(style.red("A person is needed.")
                        + " Nobody can tell from here what became of these, and nothing was done:");
                doubts.forEach(doubt -> failures.doubt(doubt).forEach(this::say));
                say("  next: look on the hosts, then say for each of them --assume-done or --assume-not-done:");
                var first = doubts.getFirst();
                say("        runbook resume " + run + " --assume-done " + (first.step() + 1) + ":" + first.host());
                say("    or: runbook rollback " + run + "   puts every host back as it was");
                yield ExitCode.STUCK;
            }
            case RunOutcome.NotBegun(var reasons) -> {
                say(style.red("Not begun.") + " Nothing was touched:");
                reasons.forEach(left -> failures.leftover(left).forEach(this::say));
                yield ExitCode.PREFLIGHT;
            }
        };
    }

    private void say(String text) {
        terminal.line(text);
    }
}
