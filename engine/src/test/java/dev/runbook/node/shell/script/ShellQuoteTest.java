package dev.runbook.node.shell.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ShellQuoteTest {
    @Property(tries = 400)
    void everyStringSurvivesTheShell(@ForAll("words") List<String> words) throws IOException, InterruptedException {
        assertThat(throughShell(words)).isEqualTo(words);
    }

    @Example
    void theUsualTroublemakersSurvive() throws IOException, InterruptedException {
        var words = List.of(
                "",
                " ",
                "-n",
                "--",
                "a\nb",
                "\n",
                "it's",
                "''",
                "\"$HOME\"",
                "`id`",
                "$(id)",
                "\\",
                "\\'",
                "*",
                "~",
                "~root",
                "a=b",
                "!",
                "#",
                "&",
                ";",
                "tab\there",
                "é",
                "日本",
                "\r\n",
                "[a]",
                "{a,b}",
                "%s");
        assertThat(throughShell(words)).isEqualTo(words);
    }

    @Example
    void aPlainWordStaysAsItIs() {
        assertThat(ShellQuote.word("/var/lib/etcd-1.part")).isEqualTo("/var/lib/etcd-1.part");
    }

    @Example
    void aNulIsRefused() {
        assertThatThrownBy(() -> ShellQuote.word("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<List<String>> words() {
        var shellish = Arbitraries.strings()
                .withChars("'\"\\$`!*?[]{}()<>|&;#~=% \t\n\r-ab")
                .ofMaxLength(12);
        // Surrogates alone are no text, and become other bytes on every way out of Java.
        var any = Arbitraries.strings().all().ofMaxLength(12).filter(ShellQuoteTest::isText);
        return Arbitraries.oneOf(shellish, any).list().ofMinSize(1).ofMaxSize(6);
    }

    private static boolean isText(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static List<String> throughShell(List<String> words) throws IOException, InterruptedException {
        var process = new ProcessBuilder("sh").start();
        try (var in = process.getOutputStream()) {
            in.write(("printf '%s\\0' " + ShellQuote.words(words)).getBytes(StandardCharsets.UTF_8));
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return List.of(output.substring(0, output.length() - 1).split("\0", -1));
    }
}
