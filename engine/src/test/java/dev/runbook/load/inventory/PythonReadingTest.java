package dev.runbook.load.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.yaml.LineText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares with Python 3.11 on some two thousand texts: {@code ast.literal_eval} of values, {@code shlex.split} of lines.
 * Tuples and sets are lists in the expected values, and a text that Python refuses is the text itself, as in Ansible.
 */
class PythonReadingTest {
    private static final Path FILES = Path.of("src/test/resources/load");
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void valuesAreReadAsByPython() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (var example : examples("python-literals.jsonl")) {
            var text = example.get("text").asString();
            var lines = new LineText("hosts", text);
            var place = lines.position(0, 0, Math.max(1, text.length()));
            var plain = PythonLiteral.parse(text, (content, kind) -> lines.scalar(place, content, kind))
                    .plain();
            if (!same(plain, example.get("value"))) {
                wrong.add(text + " -> " + plain + ", not " + example.get("value"));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** 1 and 1.0 differ; the notation of a fraction makes no difference. */
    private static boolean same(@Nullable Object plain, JsonNode expected) {
        var found = JSON.readTree(JSON.writeValueAsString(plain));
        return expected.isDouble()
                ? found.isDouble() && found.asDouble() == expected.asDouble()
                : found.equals(expected);
    }

    @Test
    void linesAreSplitAsByPython() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (var example : examples("python-words.jsonl")) {
            var line = example.get("line").asString();
            var split = IniWords.split(line);
            var words = split.words().stream().map(IniWords.Word::text).toList();
            var expected = example.get("words");
            var fits = expected.isNull()
                    ? !split.problem().isEmpty()
                    : split.problem().isEmpty()
                            && words.equals(expected.valueStream()
                                    .map(JsonNode::asString)
                                    .toList());
            if (!fits) {
                wrong.add(line + " -> " + words + " " + split.problem() + ", not " + expected);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<JsonNode> examples(String file) throws IOException {
        return Files.readAllLines(FILES.resolve(file)).stream()
                .map(JSON::readTree)
                .map(Objects::requireNonNull)
                .toList();
    }
}
