package dev.runbook.node.shell.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script says of its wait never ends the wait, whoever reads it. */
@Timeout(30)
class TellTest {
    private static final String START =
            Prelude.functions() + "\nrb_nonce=N\nrb_run=\nrb_number=-\nexec 4>&1\nset -eu\n";

    @TempDir
    private Path folder;

    private Process start(String shell, String script) throws Exception {
        var file = Files.writeString(folder.resolve("script"), START + script);
        return new ProcessBuilder(shell, file.toString())
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void aLostConnectionDoesNotEndTheWait(String shell) throws Exception {
        var proof = folder.resolve("proof");
        var process = start(shell, "rb_tell one\nsleep 1\nrb_tell_begun two\ntouch " + proof + "\n");
        // Whoever read it is gone before the second one.
        process.getInputStream().close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(proof).exists();
        assertThat(folder.resolve("errors")).isEmptyFile();
    }

    @Test
    void onlyWhatIsNewIsSaidAndNoMoreThanEveryTwoSeconds() throws Exception {
        var process = start("sh", """
            rb_tell one
            rb_tell one
            rb_tell two
            rb_tell_begun three
            rb_tell_begun three
            sleep 2.1
            rb_tell four
            rb_tell_begun "$(printf '%0400d' 0)"
            """);
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(said.lines().filter(line -> !line.isEmpty() && !line.startsWith("N ")))
                .containsExactly("one", "three", "four", "0".repeat(300));
    }
}
