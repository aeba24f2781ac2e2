package dev.runbook.node.shell.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The sh functions that every shell is given once, when it starts. */
public final class Prelude {
    private static final List<String> PARTS = List.of(
            "core",
            "run",
            "claim",
            "journal",
            "clean",
            "files",
            "transfer",
            "programs",
            "etcd",
            "services",
            "containers",
            "needs",
            "probes",
            "queries");
    private static final String FUNCTIONS =
            String.join("\n", PARTS.stream().map(Prelude::part).toList());
    private static final String START = part("start");

    private Prelude() {}

    public static String functions() {
        return FUNCTIONS;
    }

    public static String script(ShellSettings settings) {
        var tools = String.join(":", settings.toolFolders());
        return FUNCTIONS
                + "\nrb_root=" + ShellQuote.word(settings.runFolder())
                + (tools.isEmpty() ? "" : "\nPATH=" + ShellQuote.word(tools) + ":$PATH")
                + "\n" + START;
    }

    private static String part(String name) {
        try (var in = Prelude.class.getResourceAsStream(name + ".sh")) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + ".sh is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
