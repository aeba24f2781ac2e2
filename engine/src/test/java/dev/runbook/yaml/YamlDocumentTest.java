package dev.runbook.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlDocumentTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a: b\\n\\tc: d              | 2:1 yaml-tab: a tab cannot indent YAML
        a: [1, 2\\nb: c             | 1:4 yaml-syntax: the bracket that opens here is not closed
        a: [1 2: 3: 4]             | 1:11 yaml-syntax: a comma or ] is expected here
        a: {b: c\\nd: e             | 1:4 yaml-syntax: the bracket that opens here is not closed
        a: "x\\nb: c                | 1:4 yaml-syntax: the quote that opens here is not closed
        a: b: c                    | 1:5 yaml-syntax: this colon makes a mapping where no mapping is allowed
        a: 'it's'                  | 1:8 yaml-syntax: the value has ended before this
        a: @b                      | 1:4 yaml-syntax: a value cannot begin with @
        a: - b                     | 1:4 yaml-syntax: a list cannot begin on the line of its key
        a: "\\\\q"                  | 1:6 yaml-syntax: this escape does not exist in double quotes
        a:\\n  - b\\n c: d           | 3:2 yaml-syntax: the indentation of this line matches no block above it
        a: }                       | 1:4 yaml-syntax: a value is expected here
        x:\\n  - n: x\\n    f\\n    b: 1| 3:5 yaml-syntax: a key and a colon are expected here
        a: *b                      | 1:4 yaml-alias: no anchor &b precedes this alias
        a: &b [*b]                 | 1:8 yaml-alias: the alias *b is inside its own anchor
        a: b\\n---\\nc: d           | 2:1 yaml-several-documents: a second document begins here
        a: 1\\nb: 2\\na: 3          | 3:1 duplicate-key: the key "a" is given twice; first in line 1, column 1
        a: !!python/object x       | 1:4 yaml-tag: the tag !!python/object is not allowed here
        a: !vault x                | 1:4 yaml-tag: the tag !vault is not allowed here
        a: {{ x }}                 | 1:5 yaml-key: a mapping cannot be a key
        a: !!int x                 | 1:4 yaml-tag: "x" is not of the type !!int
        hosts: *                   | 1:8 yaml-syntax: a name is expected right after * or &
        {a: b}\\nc: d              | 2:1 yaml-syntax: the document has ended before this
        é𝄞: }                      | 1:6 yaml-syntax: a value is expected here
        """)
    void reportsProblemsWithTheirPositions(String text, String expected) {
        var document = YamlDocument.parse("f", unescaped(text), Dialect.RUNBOOK);
        assertThat(document.problems()).hasSize(1);
        assertThat(shown(document.problems().getFirst())).isEqualTo(expected);
    }

    @Test
    void refusesControlCharacters() {
        var document = YamlDocument.parse("f", "a: b\nc: \u0007d", Dialect.RUNBOOK);
        assertThat(shown(document.problems().getFirst()))
                .isEqualTo("2:4 yaml-syntax: the character U+0007 is not allowed in YAML");
    }

    /** A parser that reads piece by piece must not split a character of two halves, wherever a piece ends. */
    @Test
    void readsACharacterOfTwoHalvesAnywhere() {
        for (int before = 1000; before < 1100; before++) {
            var document = YamlDocument.parse("f", "#" + "-".repeat(before) + "\uD83D\uDE00\na: b", Dialect.RUNBOOK);
            assertThat(document.problems()).as("after %s characters", before).isEmpty();
        }
    }

    @Test
    void boundsDepthAndAliases() {
        var deep = YamlDocument.parse("f", "[".repeat(1000) + "]".repeat(1000), Dialect.RUNBOOK);
        assertThat(shown(deep.problems().getFirst())).isEqualTo("1:65 yaml-syntax: this is nested too deeply");

        var laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++) {
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
        }
        var bomb = YamlDocument.parse("f", laughs.toString(), Dialect.INVENTORY);
        assertThat(bomb.problems()).hasSize(1);
        assertThat(bomb.problems().getFirst().code()).isEqualTo("yaml-too-large");
    }

    @Test
    void readsTheCoreSchema() {
        assertThat(plain(
                        "{a: 1, b: 0x1f, c: 1.5, d: true, e: yes, f: ~, g: '1', h: 99999999999999999999}",
                        Dialect.RUNBOOK))
                .isEqualTo("{a=1, b=31, c=1.5, d=true, e=yes, f=null, g=1, h=99999999999999999999}");
    }

    @Test
    void readsInventoriesLikeAnsible() {
        assertThat(plain("a: yes\nb: Off\nc: 'no'\nd: &d {x: 1, y: 2}\ne: {<<: *d, y: 3}\n", Dialect.INVENTORY))
                .isEqualTo("{a=true, b=false, c=no, d={x=1, y=2}, e={y=3, x=1}}");
        var opaque = (Mapping) YamlDocument.parse("f", "a: !vault |\n  AES\nb: '{{ c }}'\n", Dialect.INVENTORY)
                .root()
                .orElseThrow();
        assertThat(opaque.entries()).allMatch(entry -> entry.value() instanceof Scalar scalar && scalar.isOpaque());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
        a: xx foo                      ; 1:7
        a: 'it''s foo'                 ; 1:11
        a: "\\\\t\\\\x41 \\\\"foo"             ; 1:14
        a: |\\n  xx\\n    foo bar        ; 3:5
        a: >-  # comment\\n  xx\\n\\n  foo  ; 4:3
        a:\\n  - >2\\n     xx foo         ; 3:9
        a: xx\\n  yy\\n  foo              ; 3:3
        a: "xx\\\\\\n  yy foo"             ; 2:6
        𝄞: é𝄞 foo                      ; 1:9
        """)
    void findsPartsOfScalars(String text, String expected) {
        var document = YamlDocument.parse("f", unescaped(text), Dialect.RUNBOOK);
        var scalar = deepest(document.root().orElseThrow());
        var part = scalar.within(scalar.text().indexOf("foo"), 3);
        assertThat(part.line() + ":" + part.column()).isEqualTo(expected);
        assertThat(part.lineText().substring(part.column() - 1, part.column() - 1 + part.length()))
                .isEqualTo("foo");
    }

    @Test
    void anEmptyTextIsNothing() {
        assertThat(YamlDocument.parse("f", "# only a comment\n", Dialect.RUNBOOK)
                        .root())
                .hasValueSatisfying(value -> assertThat(value.plain()).isNull());
    }

    private static Scalar deepest(YamlValue value) {
        return switch (value) {
            case Scalar scalar -> scalar;
            case Mapping mapping -> deepest(mapping.entries().getFirst().value());
            case YamlValue.Sequence sequence -> deepest(sequence.items().getFirst());
        };
    }

    private static String plain(String text, Dialect dialect) {
        var document = YamlDocument.parse("f", text, dialect);
        assertThat(document.problems()).isEmpty();
        return String.valueOf(document.root().orElseThrow().plain());
    }

    private static String shown(Problem problem) {
        return switch (problem.where()) {
            case Problem.Where.InText(var position) ->
                position.line() + ":" + position.column() + " " + problem.code() + ": " + problem.summary();
            case Problem.Where.OnHost host -> host.toString();
            case Problem.Where.InCall call -> call.toString();
        };
    }

    private static String unescaped(String text) {
        List<String> parts = Arrays.asList(text.split("\\\\\\\\", -1));
        return String.join(
                "\\",
                parts.stream()
                        .map(part -> part.replace("\\n", "\n").replace("\\t", "\t"))
                        .toList());
    }
}
