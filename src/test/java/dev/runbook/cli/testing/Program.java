package dev.runbook.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The program as a separate process, as {@code ./runbook} starts it, with this test's class path.
 *
 * @param state the folder of its runs
 */
public record Program(Path state) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** The folder with the shipped runbooks. */
    public static Path home() {
        return Path.of("..").toAbsolutePath().normalize();
    }

    public static Path shipped(String runbook) {
        return home().resolve("runbooks").resolve(runbook);
    }

    /** Runs it to its end. */
    public ProgramResult run(List<String> arguments) {
        return start(arguments).end(LIMIT);
    }

    public ProgramResult run(String... arguments) {
        return run(List.of(arguments));
    }

    public RunningProgram start(List<String> arguments) {
        return start(Main.class, arguments);
    }

    /** Runs it until it has written this many records into its journal, and kills it then. */
    public ProgramResult killedAfter(int record, List<String> arguments) {
        var ended = counted(record, "kill", arguments).end(LIMIT);
        assertThat(ended.exitCode()).as("exit code after kill -9 of%n%s", ended).isEqualTo(128 + 9);
        return ended;
    }

    /** Runs it until it has written this many records to its journal, where it waits for {@link RunningProgram#proceed}. */
    public RunningProgram heldAfter(int record, List<String> arguments) {
        return counted(record, "hold", arguments).awaitLine(LIMIT, CrashPointMain.HELD);
    }

    private RunningProgram counted(int record, String reaction, List<String> arguments) {
        var counted = new ArrayList<>(List.of(Integer.toString(record), reaction));
        counted.addAll(arguments);
        return start(CrashPointMain.class, counted);
    }

    /** Runs it in another folder, with more in its environment. */
    public ProgramResult run(Path folder, Map<String, String> environment, List<String> arguments) {
        return start(Main.class, arguments, builder -> {
                    builder.directory(folder.toFile());
                    builder.environment().putAll(environment);
                })
                .end(LIMIT);
    }

    /** Runs it under another program that replaces itself by it. */
    public ProgramResult runUnder(List<String> wrapper, List<String> arguments) {
        return start(Main.class, arguments, builder -> {
                    var command = new ArrayList<>(wrapper);
                    command.addAll(
                            builder.command().subList(2, builder.command().size()));
                    builder.command(command);
                })
                .end(LIMIT);
    }

    private RunningProgram start(Class<?> main, List<String> arguments) {
        return start(main, arguments, _ -> {});
    }

    private RunningProgram start(Class<?> main, List<String> arguments, Consumer<ProcessBuilder> more) {
        // Without this a build in the background of a script hands its ignored SIGINT down to the program.
        var command = new ArrayList<>(List.of("env", "--default-signal=INT,TERM,HUP"));
        command.addAll(PackedProgram.command());
        command.add(main.getName());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().put("RUNBOOK_STATE", state.toString());
        builder.environment().put("RUNBOOK_HOME", home().toString());
        builder.environment().keySet().removeAll(List.of("SSH_AUTH_SOCK", "RUNBOOK_BECOME_PASSWORD"));
        // A CI server that runs these tests is not the one that they simulate.
        builder.environment().keySet().removeIf(name -> name.startsWith("GITHUB_"));
        more.accept(builder);
        try {
            return new RunningProgram(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("the program cannot be started", e);
        }
    }
}
