package dev.runbook.load.source;

import dev.runbook.model.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A text file, or the reason why it cannot be read. */
public sealed interface TextFile {
    /** Size limit for any file; the YAML reader has a lower limit. */
    long MAXIMUM_BYTES = 16L * 1024 * 1024;

    record Text(String name, String content) implements TextFile {}

    record Unreadable(Problem problem) implements TextFile {}

    /**
     * Reads a file as UTF-8.
     *
     * @param name as given on the command line, for messages
     */
    static TextFile read(Path path, String name) {
        try {
            if (Files.isDirectory(path)) {
                return unreadable("file-is-folder", name + " is a folder, not a file", "name a file in it");
            }
            if (Files.size(path) > MAXIMUM_BYTES) {
                return unreadable(
                        "file-too-large", name + " is too large to be read", "check that it is the file you meant");
            }
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return new Text(
                    name,
                    decoder.decode(ByteBuffer.wrap(Files.readAllBytes(path))).toString());
        } catch (NoSuchFileException missing) {
            return unreadable(
                    "file-missing",
                    name + " does not exist",
                    "check the path, which is relative to the current folder");
        } catch (CharacterCodingException coding) {
            return unreadable("file-not-utf8", name + " is not text in UTF-8", "save it as UTF-8");
        } catch (IOException failed) {
            return unreadable(
                    "file-unreadable", name + " cannot be read: " + failed.getMessage(), "check its permissions");
        }
    }

    private static TextFile unreadable(String code, String summary, String next) {
        return new Unreadable(Problem.ofCall(code, summary, next));
    }
}
