package dev.runbook.model.action;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Any program. Its author declares how it is undone. */
public record RunProgram(List<String> argv, Optional<String> workingFolder, Duration deadline, ProgramEffect effect)
        implements Action {
    public RunProgram {
        argv = List.copyOf(argv);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a program needs a name");
        }
    }

    /** What a program does to a node, as its author declares it. */
    public sealed interface ProgramEffect {
        record ReadOnly() implements ProgramEffect {}

        record Undone(List<String> by) implements ProgramEffect {
            public Undone {
                by = List.copyOf(by);
            }
        }

        record Irreversible() implements ProgramEffect {}
    }

    @Override
    public String describe() {
        return "run `" + String.join(" ", argv) + "`";
    }

    @Override
    public boolean mutates() {
        return !(effect instanceof ProgramEffect.ReadOnly);
    }

    @Override
    public boolean needsSpace() {
        return false;
    }

    @Override
    public boolean worksOutside() {
        return true;
    }

    @Override
    public List<String> command() {
        return argv;
    }

    @Override
    public Compensation compensation() {
        return switch (effect) {
            case ProgramEffect.ReadOnly() -> new Compensation.Nothing("it only reads");
            case ProgramEffect.Undone(var by) ->
                // It changes the node, so it needs the lock as any mutating action does.
                Compensation.by(new RunProgram(by, workingFolder, deadline, new ProgramEffect.Irreversible()));
            case ProgramEffect.Irreversible() -> new Compensation.Impossible("its author declared it irreversible");
        };
    }
}
