package dev.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every source file looks as one formatter makes it. A test and no Maven plugin, since a plugin would run in Maven's own
 * JVM, whose compiler need not know Java 25. {@code mvn -pl engine test -Dtest=FormatTest -Dformat=write} formats.
 */
class FormatTest {
    private static final List<String> ROOTS =
            List.of("engine/src/main", "engine/src/test", "fleet/src", "src/main", "src/test");

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    @Test
    void everyFileIsFormatted() throws IOException {
        var top = Path.of("..").toAbsolutePath().normalize();
        var write = "write".equals(System.getProperty("format"));
        var other = new ArrayList<String>();
        for (var root : ROOTS) {
            if (!Files.isDirectory(top.resolve(root))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(top.resolve(root))) {
                for (var file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    if (!formatted(file, write)) {
                        other.add(top.relativize(file).toString());
                    }
                }
            }
        }
        assertThat(other)
                .as("run: mvn -pl engine test -Dtest=FormatTest -Dformat=write")
                .isEmpty();
    }

    private boolean formatted(Path file, boolean write) throws IOException {
        var before = Files.readString(file);
        try {
            var after = formatter.formatSourceAndFixImports(before);
            if (write && !after.equals(before)) {
                Files.writeString(file, after);
                return true;
            }
            return after.equals(before);
        } catch (FormatterException e) {
            throw new AssertionError(file + " cannot be parsed", e);
        }
    }
}
