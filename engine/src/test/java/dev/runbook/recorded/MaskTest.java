package dev.runbook.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.Golden;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Masked files: every byte but the secrets is unchanged. */
class MaskTest {
    @Test
    void aCharacterOfTwoHalvesMayBeAnywhere() {
        for (int before = 1000; before < 1100; before++) {
            var comment = "#" + "-".repeat(before) + "\uD83D\uDE00\n";
            assertThat(YamlMask.masked(comment + "password: hunter2\n"))
                    .as("after %s characters", before)
                    .isEqualTo(comment + "password: masked\n");
        }
    }

    @Test
    void aManifest() throws IOException {
        Golden.assertMatches("dev/runbook/recorded/manifest.yaml", YamlMask.masked(SecretsOnHosts.MANIFEST));
    }

    @Test
    void aFileOfVariables() throws IOException {
        Golden.assertMatches(
                "dev/runbook/recorded/environment",
                UnitMask.environmentFile(SecretsOnHosts.ENVIRONMENT, Set.of("DAEMON_ARGS")));
    }

    @Test
    void aConfigurationFile() {
        assertThat(YamlMask.masked(SecretsOnHosts.CONFIG)).isEqualTo("name: etcd1\npassword: masked\ndata-dir: /d\n");
    }

    @Test
    void aliasesOfSecretsAreMasked() {
        assertThat(YamlMask.masked("a: &x hunter2\nenv:\n- name: Y\n  value: *x\n"))
                .isEqualTo("a: &x masked\nenv:\n- name: Y\n  value: *x\n");
    }

    @Test
    void aFileThatCannotBeParsedIsLeftOut() {
        assertThat(YamlMask.masked("a: [hunter2")).startsWith("# left out").doesNotContain("hunter2");
        assertThat(UnitMask.environmentFile("# x \\\nA=hunter2\n", Set.of()))
                .startsWith("# left out")
                .doesNotContain("hunter2");
    }
}
