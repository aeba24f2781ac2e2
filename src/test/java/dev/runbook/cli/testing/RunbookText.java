package dev.runbook.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A shipped runbook with changes; a change that matches no place, or several, is an error of the test. */
public record RunbookText(String text) {
    public static RunbookText shipped(String name) {
        try {
            return new RunbookText(Files.readString(Program.shipped(name)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    public RunbookText replace(String place, String with) {
        int at = text.indexOf(place);
        assertThat(at).as("place of '%s'", place).isNotNegative().isEqualTo(text.lastIndexOf(place));
        return new RunbookText(text.substring(0, at) + with + text.substring(at + place.length()));
    }

    /** Adds a step in front of the one with this name. */
    public RunbookText before(String step, String added) {
        return replace(heading(step), added.indent(2) + "\n" + heading(step));
    }

    /** Sets the timeout of a step. */
    public RunbookText timeout(String step, String limit) {
        int begin = text.indexOf(heading(step));
        assertThat(begin).as("place of step '%s'", step).isNotNegative();
        int end = text.indexOf("\n  - name: ", begin + 1);
        var whole = text.substring(begin, end < 0 ? text.length() : end);
        var without = whole.replaceAll("\n    timeout: .*", "");
        return replace(whole, without.replace(heading(step), heading(step) + "    timeout: " + limit + "\n"));
    }

    private static String heading(String step) {
        return "  - name: " + step + "\n";
    }

    public Path writeTo(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve("runbook.yml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a runbook", e);
        }
    }
}
