package dev.runbook.etcd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Any value that is written reads back, and nothing else changes. */
class SplicePropertyTest {
    private static final String ENVIRONMENT = """
        # comment with = and "quotes"
        ETCD_NAME="n1"
          ETCD_DATA_DIR = /var/lib/etcd\\
        /default
        ETCD_OTHER='single' ; not a comment
        ETCD_LAST=x\
        """;

    @Property(tries = 400)
    void aFlagOfAManifest(
            @ForAll("values") String value, @ForAll("flags") String flag, @ForAll("manifests") String text)
            throws ConfigProblem {
        StaticPodManifest before = StaticPodManifest.parse(text);
        if (value.isEmpty()
                && before.flag(flag).isEmpty()
                && before.setting(flag).isPresent()) {
            // A variable cannot be set to nothing.
            return;
        }
        StaticPodManifest after = before.withFlag(flag, value);

        assertThat(StaticPodManifest.parse(after.text()).setting(flag)).contains(value);
        assertOneSplice(text, after.text());
        assertThat(lines(without(after.flags(), flag))).isEqualTo(lines(without(before.flags(), flag)));
    }

    @Property(tries = 300)
    void aHostPath(@ForAll("values") String value) throws ConfigProblem {
        StaticPodManifest after =
                StaticPodManifest.parse(SampleManifests.KUBEADM).withHostPath("etcd-data", "/" + value);

        assertThat(after.hostPaths()).containsEntry("etcd-data", "/" + value);
        assertOneSplice(SampleManifests.KUBEADM, after.text());
    }

    @Property(tries = 400)
    void aVariableOfAnEnvironmentFile(@ForAll("values") String value, @ForAll("variables") String name)
            throws ConfigProblem {
        EnvironmentFile after = EnvironmentFile.parse(ENVIRONMENT).with(name, value);

        assertThat(EnvironmentFile.parse(after.text()).values()).containsEntry(name, value);
        assertOneSplice(ENVIRONMENT, after.text());
    }

    @Property(tries = 400)
    void aFlagOfAUnit(@ForAll("values") String value, @ForAll("flags") String flag) throws ConfigProblem {
        SystemdUnit unit = SystemdUnit.parseUnit(
                "[Service]\nExecStart=/usr/bin/etcd --name \"a b\" --data-dir=/d ${X}\nEnvironment=X=--y=1\n");
        SystemdUnit after = SystemdUnit.parseUnit(unit.dropIn(flag, value, Map.of("X", "--y=1")));

        assertThat(after.flags(Map.of("X", "--y=1"))).containsEntry(flag, value).containsEntry("y", "1");
    }

    @Property(tries = 300)
    void aKeyOfAConfigFile(@ForAll("values") String value, @ForAll("flags") String key) throws ConfigProblem {
        String text = "name: 'n1' # mine\ndata-dir: /d\nclient-transport-security:\n  cert-file: /c\n\nend: 1\n";
        ConfigFile after = ConfigFile.parse(text).with(key, value);

        assertThat(ConfigFile.parse(after.text()).flags()).containsEntry(key, value);
        assertOneSplice(text, after.text());
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> nasty = Arbitraries.strings()
                .withChars("'\"\\ \t\n\r$%#:;,=[]{}()&*!|>@`~-?.")
                .withChars("ax0é\u0085\u00a0\u2028\ufeff\u0007")
                .ofMaxLength(12);
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(20);
        Arbitrary<String> words = Arbitraries.of(
                "",
                "true",
                "yes",
                "null",
                "~",
                "1e3",
                "0x1F",
                "- a",
                "a: b",
                "a #b",
                "$(X)",
                "$$(X)",
                "%n",
                "${X}",
                "😀",
                "---",
                "...",
                "'",
                "\"",
                "\\",
                " x ",
                "--name=y",
                "$X");
        return Arbitraries.frequencyOf(Tuple.of(5, nasty), Tuple.of(2, any), Tuple.of(3, words))
                .filter(SplicePropertyTest::canBeWritten);
    }

    @Provide
    Arbitrary<String> flags() {
        return Arbitraries.of("name", "data-dir", "initial-cluster-state", "listen-client-urls");
    }

    @Provide
    Arbitrary<String> variables() {
        return Arbitraries.of("ETCD_NAME", "ETCD_DATA_DIR", "ETCD_OTHER", "ETCD_LAST", "ETCD_NEW");
    }

    @Provide
    Arbitrary<String> manifests() {
        return Arbitraries.of(
                SampleManifests.KUBEADM,
                SampleManifests.BY_HAND,
                SampleManifests.KUBEADM.replace("\n", "\r\n"),
                "# 😀\n" + SampleManifests.KUBEADM);
    }

    private static boolean canBeWritten(String value) {
        return value.indexOf('\0') < 0 && value.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
    }

    private static void assertOneSplice(String before, String after) {
        int start = 0;
        while (start < Math.min(before.length(), after.length()) && before.charAt(start) == after.charAt(start)) {
            start++;
        }
        int same = 0;
        while (same < Math.min(before.length(), after.length()) - start
                && before.charAt(before.length() - 1 - same) == after.charAt(after.length() - 1 - same)) {
            same++;
        }
        // The removed text is within one value.
        assertThat(before.length() - same - start).isLessThanOrEqualTo(80);
    }

    private static Map<String, String> without(Map<String, String> flags, String flag) {
        Map<String, String> rest = new LinkedHashMap<>(flags);
        rest.remove(flag);
        return rest;
    }

    private static List<String> lines(Map<String, String> flags) {
        return flags.entrySet().stream().map(Object::toString).toList();
    }
}
