package dev.runbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that waits on a terminal, which script(1) makes. */
@Timeout(60)
class PseudoTerminalTest {
    @TempDir
    private Path folder;

    private String run(String before, String arguments, Map<String, String> variables)
            throws IOException, InterruptedException {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/script"))).isTrue();
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        // A build in the background of a script hands its ignored SIGINT down.
        var command = "stty rows 20 cols 60; " + before + "exec env --default-signal=INT " + java
                + " -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' " + DisplayMain.class.getName() + " " + arguments;
        var script = Files.writeString(folder.resolve("command"), command);
        var builder = new ProcessBuilder(
                        "script", "-qefc", "sh " + script, folder.resolve("log").toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true);
        builder.environment().remove("NO_COLOR");
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().putAll(variables);
        var process = builder.start();
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            // The terminal's driver echoes what was typed, and makes two characters of a line feed.
            return said.replace("\r\n", "\n").replace("^D\b\b", "");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static EmulatedTerminal shown(String said) {
        var terminal = new EmulatedTerminal(60, 20);
        terminal.write(said);
        return terminal;
    }

    @Test
    void theBlockIsRedrawnAndGoneAtTheEnd() throws Exception {
        var said = run("", "", Map.of());
        assertThat(said)
                .containsPattern("waiting for cp1, cp2 to answer and to show their state, \\d s")
                .contains("waiting for cp2");
        var terminal = shown(said);
        assertThat(terminal.text()).containsExactly("begin", "cp1 has answered", "end", "");
        assertThat(terminal.cursorShown()).isTrue();
    }

    @Test
    void anInterruptLeavesTheScreenClean() throws Exception {
        var seen = "until grep -q 'waiting for cp2' '" + folder.resolve("log") + "'; do sleep 0.2; done";
        var said = run("pid=$$; (" + seen + "; kill -INT $pid) & ", "for-ever", Map.of());
        assertThat(said).contains("waiting for cp2");
        assertThat(shown(said).text())
                .startsWith("begin", "cp1 has answered")
                .noneMatch(line -> line.contains("waiting"));
        assertThat(shown(said).cursorShown()).isTrue();
    }

    @Test
    void aDumbTerminalGetsALog() throws Exception {
        assertThat(run("", "", Map.of("TERM", "dumb"))).isEqualTo("begin\ncp1 has answered\nend\n");
    }

    @Test
    void noColourIsStillLive() throws Exception {
        var said = run("", "", Map.of("NO_COLOR", "1"));
        assertThat(said).contains("waiting for cp2").doesNotContainPattern("\u001b\\[[0-9;]*m");
    }
}
