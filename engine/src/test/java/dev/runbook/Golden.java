package dev.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected texts in files; {@code -Dgolden.update=true} writes them anew, and whoever does so reads them. */
public final class Golden {
    private Golden() {}

    /** Compares with a file below engine/src/test/resources. */
    public static void assertMatches(String file, String actual) throws IOException {
        var path = Path.of("src/test/resources").resolve(file);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, actual);
        }
        assertThat(actual).as("regenerate with -Dgolden.update=true").isEqualTo(Files.readString(path));
    }
}
