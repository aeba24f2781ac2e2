package dev.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * The program speaks the field's language (docs/glossary.md): what a user reads, and what the next engineer reads. All
 * messages and help texts are collected in {@code engine/target/messages.txt}, to be read at once.
 */
class WordsTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    private static final List<String> SOURCES =
            List.of("engine/src/main", "engine/src/test/java", "src/main", "src/test/java", "fleet/src");

    private static final List<String> DOCUMENTS =
            List.of("README.md", "CHANGELOG.md", "docs", "runbooks", "inventory", "runbook", "test", "fleet");

    /** What has a term of its own in the glossary, or names no subject. */
    private static final Pattern AVOIDED = Pattern.compile(
            "\\b(tak(e|es|en|ing) back|took back|put back|go(es|ing)? back|went back|gone on|go(es|ing)? on|behind the"
                + " commit|a person|nobody|somebody|stands? in the way|in the way|way back|foretold|unheard|lost in"
                + " silence|kept aside|turned back|brought back|nodes? in memory|given back|give back|bad worlds?|of"
                + " before)\\b",
            Pattern.CASE_INSENSITIVE);

    /** A text of the program and its place. */
    private record Message(String file, long line, String text) {
        @Override
        public String toString() {
            return file + ":" + line + ": " + text.replace("\n", "\\n");
        }
    }

    @Test
    void everyMessageIsCollected() throws IOException {
        var messages = new ArrayList<Message>();
        for (var source : List.of("engine/src/main/java", "src/main/java", "fleet/src/main/java")) {
            for (var file : files(TOP.resolve(source), ".java")) {
                messages.addAll(messages(file));
            }
        }
        for (var file : files(TOP.resolve("engine/src/main/resources"), ".sh")) {
            messages.addAll(shellMessages(file));
        }
        var target = Path.of("target", "messages.txt");
        Files.createDirectories(target.toAbsolutePath().getParent());
        Files.write(target, messages.stream().map(Message::toString).toList());
        assertThat(messages).hasSizeGreaterThan(1000);
    }

    @Test
    void theFieldsWordsAreUsed() throws IOException {
        var found = new ArrayList<String>();
        for (var source : SOURCES) {
            for (var file : files(TOP.resolve(source), ".java", ".sh")) {
                if (!file.endsWith("WordsTest.java")) {
                    found.addAll(avoided(file));
                }
            }
        }
        for (var document : DOCUMENTS) {
            for (var file : files(TOP.resolve(document), ".md", ".yml", ".yaml", ".sh", "runbook", "test", "setup")) {
                found.addAll(avoided(file));
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<String> avoided(Path file) throws IOException {
        var found = new ArrayList<String>();
        var lines = Files.readAllLines(file);
        for (int number = 0; number < lines.size(); number++) {
            if (AVOIDED.matcher(lines.get(number)).find()) {
                found.add(TOP.relativize(file) + ":" + (number + 1) + ": "
                        + lines.get(number).strip());
            }
        }
        return found;
    }

    private static List<Path> files(Path root, String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }

    /** String literals with white space in them, a concatenation as one text with {@code ...} for what is not literal. */
    private static List<Message> messages(Path file) throws IOException {
        var compiler = Optional.ofNullable(ToolProvider.getSystemJavaCompiler()).orElseThrow();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjects(file));
            var unit = task.parse().iterator().next();
            var messages = new ArrayList<Message>();
            new Collector(TOP.relativize(file).toString(), Trees.instance(task), messages).scan(unit, null);
            return messages;
        }
    }

    /** Collects the texts of one file. */
    private static final class Collector extends TreePathScanner<Void, Void> {
        private final String file;
        private final Trees trees;
        private final List<Message> messages;

        Collector(String file, Trees trees, List<Message> messages) {
            this.file = file;
            this.trees = trees;
            this.messages = messages;
        }

        @Override
        public Void visitBinary(BinaryTree node, Void unused) {
            if (node.getKind() == Tree.Kind.PLUS && text(node).chars().anyMatch(Character::isLetter)) {
                add(node, text(node));
                return null;
            }
            return super.visitBinary(node, null);
        }

        @Override
        public Void visitLiteral(LiteralTree node, Void unused) {
            if (node.getValue() instanceof String text) {
                add(node, text);
            }
            return null;
        }

        private void add(Tree node, String text) {
            CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
            if (text.strip().matches("(?s).*\\S\\s+\\S.*")) {
                long position = trees.getSourcePositions().getStartPosition(unit, node);
                messages.add(new Message(file, unit.getLineMap().getLineNumber(position), text));
            }
        }

        private static String text(Tree node) {
            return switch (node) {
                case BinaryTree plus
                when plus.getKind() == Tree.Kind.PLUS -> text(plus.getLeftOperand()) + text(plus.getRightOperand());
                case LiteralTree literal -> String.valueOf(literal.getValue());
                default -> "...";
            };
        }
    }

    private static List<Message> shellMessages(Path file) throws IOException {
        var call = Pattern.compile("rb_(refuse|fail|say|note) \"([^\"]+)\"");
        var messages = new ArrayList<Message>();
        var lines = Files.readAllLines(file);
        for (int number = 0; number < lines.size(); number++) {
            var matcher = call.matcher(lines.get(number));
            while (matcher.find()) {
                messages.add(new Message(TOP.relativize(file).toString(), number + 1L, matcher.group(2)));
            }
        }
        return messages;
    }
}
