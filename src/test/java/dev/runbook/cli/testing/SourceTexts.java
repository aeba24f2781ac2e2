package dev.runbook.cli.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The texts that the program can print, from its sources: string literals with a blank, concatenations as one. */
public final class SourceTexts {
    private static final Pattern COMMENT = Pattern.compile("(?ms)^\\s*/\\*.*?\\*/|^[ \\t]*//[^\n]*$");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

    private SourceTexts() {}

    /** A text and its file. */
    public record Text(String file, String text) {
        @Override
        public String toString() {
            return file + ": " + text;
        }
    }

    /** The sources, without comments. */
    public static List<String> sources() throws IOException {
        var sources = new ArrayList<String>();
        for (var file : files()) {
            sources.add(COMMENT.matcher(Files.readString(file)).replaceAll(""));
        }
        return sources;
    }

    public static List<Text> messages() throws IOException {
        var texts = new ArrayList<Text>();
        for (var file : files()) {
            var source = COMMENT.matcher(Files.readString(file)).replaceAll("");
            // What stands between two literals is a value, which no test knows.
            var joined =
                    source.replaceAll("\"\\s*\\+\\s*\"", "").replaceAll("\"\\s*\\+\\s*[\\w.()]+\\s*\\+\\s*\"", "VALUE");
            var matcher = LITERAL.matcher(joined);
            while (matcher.find()) {
                if (matcher.group(1).strip().contains(" ")) {
                    texts.add(new Text(Program.home().relativize(file).toString(), matcher.group(1)));
                }
            }
        }
        return texts;
    }

    private static List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        for (var root : List.of("engine/src/main/java", "src/main/java")) {
            try (Stream<Path> found = Files.walk(Program.home().resolve(root))) {
                found.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
            }
        }
        return files;
    }
}
