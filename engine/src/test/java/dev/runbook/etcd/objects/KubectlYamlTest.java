package dev.runbook.etcd.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** Reads back with YAML 1.1, as kubectl does. */
class KubectlYamlTest {
    @Property
    void stringsStayStrings(@ForAll("texts") String value) {
        staysAsItIs("k", value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "y",
                "N",
                "Yes",
                "off",
                "TRUE",
                "null",
                "Null",
                "~",
                "1",
                "-1",
                "0x1F",
                "0o17",
                "017",
                "1_000",
                "1e3",
                "+1",
                ".5",
                "12:30",
                "12:30:45",
                "2026-01-01",
                "2026-01-01T00:00:00Z",
                ".inf",
                ".nan",
                "NaN",
                "=",
                "<<",
                "- a",
                "a: b",
                "a #b",
                "a:",
                "# a",
                "{{ .x }}",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a`",
                "|",
                ">",
                "'",
                "\"",
                "a\nb",
                "a\nb\n",
                "\na",
                "  a\n b",
                "a\n\n",
                "a\tb",
                "a\r\nb",
                "\u0000",
                "\u0085",
                "\u2028",
                "ä",
                "\uFEFF",
                "😀",
                "a\n#b\n",
                "500m",
                "1Gi",
                "1E",
                "0m",
                "/",
                "/a:b",
                "a ",
                "---",
                "...",
                "--- a",
                "(hidden)"
            })
    void reservedWordsStayStrings(String word) {
        staysAsItIs("k", word);
        // Kubernetes has no names with a line break, of which YAML 1.1 has five.
        if (word.codePoints().noneMatch(c -> "\n\r\u0085\u2028\u2029".indexOf(c) >= 0)) {
            staysAsItIs(word, word);
        }
    }

    private static void staysAsItIs(String name, String value) {
        String yaml = KubectlYaml.of(JsonMapper.shared().valueToTree(Map.of(name, value)));

        Object read = new Yaml().load(yaml);

        assertThat(read).as(yaml).isEqualTo(Map.of(name, value));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars("aeyn0179.:-+_ #/\n\t\"'{}[],&*!|>%@`=~<?\\TFMGi")
                        .ofMaxLength(12),
                Arbitraries.strings().filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c))));
    }
}
