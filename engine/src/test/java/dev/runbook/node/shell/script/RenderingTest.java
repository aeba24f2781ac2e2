package dev.runbook.node.shell.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.runbook.Golden;
import dev.runbook.model.Connection.Become;
import dev.runbook.model.Probe;
import dev.runbook.model.Query;
import dev.runbook.model.Secret;
import dev.runbook.model.action.Action;
import dev.runbook.node.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RenderingTest {
    private static String rendered() {
        var text = new StringBuilder();
        var batch = new Batch("r1", 1, 10, Examples.actions());
        text.append(BatchScript.open(batch, "SESSION", "TOKEN"));
        BatchScript.acts(batch).forEach(text::append);
        text.append(BatchScript.close());
        Examples.probes().forEach(probe -> text.append(BatchScript.ask(0, ProbeScript.render(probe))));
        Examples.queries()
                .forEach(query -> text.append(BatchScript.ask(0, QueryScript.render(query, Duration.ofSeconds(9)))));
        return text.toString();
    }

    @Test
    void everythingIsRenderedAsItWas() throws IOException {
        Golden.assertMatches("dev/runbook/node/shell/script/rendered.txt", rendered());
    }

    @Test
    void thereIsAnExampleOfEachKind() {
        assertCovered(Action.class, Examples.actions());
        assertCovered(Probe.OnNode.class, Examples.probes());
        assertCovered(Query.class, Examples.queries());
    }

    private static void assertCovered(Class<?> family, List<?> examples) {
        assertThat(examples.stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(kinds(family).collect(Collectors.toSet()));
    }

    private static Stream<Class<?>> kinds(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).flatMap(RenderingTest::kinds)
                : Stream.of(family);
    }

    @Test
    void shellcheckFindsNothing() throws Exception {
        assumeThat(onPath("shellcheck")).as("shellcheck is installed").isTrue();
        var script = "#!/bin/sh\nrb_nonce=\n" + Prelude.script(ShellSettings.usual()) + "\n" + rendered();
        var process = new ProcessBuilder("shellcheck", "-s", "sh", "-")
                .redirectErrorStream(true)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void noLoginShellStumblesOverTheCommand() {
        var sudo = LoginCommand.render(new Become.Sudo("root", Optional.of(new Secret("hunter2"))), "TOKEN");
        assertThat(sudo).doesNotContain("\n", "!", "hunter2", "'\\''");
        assertThat(LoginCommand.render(new Become.No(), "TOKEN")).doesNotContain("\n", "!", "'\\''");
    }

    private static boolean onPath(String program) {
        try {
            return new ProcessBuilder(program, "--version").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
