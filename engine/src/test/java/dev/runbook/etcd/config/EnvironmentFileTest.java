package dev.runbook.etcd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentFileTest {
    /** A part of Debian's /etc/default/etcd, and other syntax that systemd accepts. */
    private static final String TEXT = """
        ## etcd(1) daemon options
        # ETCD_NAME="commented"
        ETCD_NAME="n1"
        ; ETCD_X=1
        ETCD_DATA_DIR=/var/lib/etcd/\\
        default  \s
          ETCD_INITIAL_CLUSTER = 'n1=https://10.0.0.1:2380'",n2=https://10.0.0.2:2380"
        ETCD_QUOTED="a \\"b\\" \\n $c"
        no assignment
        ETCD_EMPTY=
        ETCD_NAME=n2
        """;

    @Test
    void readsAsSystemdDoes() throws Exception {
        assertThat(EnvironmentFile.parse(TEXT).values())
                .containsExactly(
                        entry("ETCD_NAME", "n2"),
                        entry("ETCD_DATA_DIR", "/var/lib/etcd/default"),
                        entry("ETCD_INITIAL_CLUSTER", "n1=https://10.0.0.1:2380,n2=https://10.0.0.2:2380"),
                        entry("ETCD_QUOTED", "a \"b\" \\n $c"),
                        entry("ETCD_EMPTY", ""));
    }

    @Test
    void aReplacedValueKeepsItsQuotes() throws Exception {
        EnvironmentFile file = EnvironmentFile.parse(TEXT);

        assertThat(file.with("ETCD_NAME", "n3").text()).isEqualTo(TEXT.replace("=n2", "=n3"));
        assertThat(file.with("ETCD_NAME", "n 3").text()).isEqualTo(TEXT.replace("=n2", "=\"n 3\""));
        assertThat(file.with("ETCD_QUOTED", "x").text()).isEqualTo(TEXT.replace("\"a \\\"b\\\" \\n $c\"", "\"x\""));
        assertThat(file.with("ETCD_NEW", "$x").text()).isEqualTo(TEXT + "ETCD_NEW=\"\\$x\"\n");
        assertThat(EnvironmentFile.parse("A=1").with("B", "").text()).isEqualTo("A=1\nB=\n");
    }

    @Test
    void textThatSystemdVersionsReadDifferentlyIsRejected() throws Exception {
        assertThat(EnvironmentFile.parse("# a \\\n# b\nA=1\n# c \\\n\nB=2\n").values())
                .containsExactly(entry("A", "1"), entry("B", "2"));
        assertThatExceptionOfType(ConfigProblem.class)
                .isThrownBy(() -> EnvironmentFile.parse("X=1\n# a \\\nA=1\n"))
                .withMessageContaining("line 3")
                .withMessageContaining("before 254");
    }

    private static Map.Entry<String, String> entry(String name, String value) {
        return Map.entry(name, value);
    }
}
