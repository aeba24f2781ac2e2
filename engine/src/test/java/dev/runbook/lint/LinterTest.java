package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.load.Loader;
import dev.runbook.load.Request;
import dev.runbook.load.source.Surroundings;
import dev.runbook.model.Problem;
import dev.runbook.steps.StepTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules with conditions, limits, several steps for one effect, and allowances. */
class LinterTest {
    private static final String RESTORE = """
        hosts: etcd
        inputs:
          snapshot: {type: path, required: true}
          careful: {type: bool, default: true}
        steps:
          - preflight:
          - snapshot: {if_possible: true}
          - restore: ${{ inputs.snapshot }}
          - stop-apiserver:
            hosts: kube_control_plane
          - stop-etcd:
          - switch-data:
          - start-etcd:
          - verify:
          - commit:
          - start-apiserver:
            hosts: kube_control_plane
          - verify: {etcd: false, api_server: true}
            hosts: kube_control_plane
        """;

    @TempDir
    private Path folder;

    @BeforeEach
    void inventory() throws IOException {
        Files.writeString(folder.resolve("inventory.yml"), """
            all:
              children:
                etcd: {hosts: {cp1: , cp2: , cp3: {spare: true}}}
                kube_control_plane: {hosts: {cp1: , cp2: , cp3: }}
            """);
    }

    @Test
    void severalStepsMayCoverTheMembersTogether() throws IOException {
        assertThat(lint(RESTORE.replace("  - switch-data:\n", """
              - switch-data:
                hosts: cp1
              - switch-data:
                hosts: cp2:cp3
            """))).isEmpty();
    }

    @Test
    void aConditionThatIsFalseOnAMemberLeavesItOut() throws IOException {
        var text = RESTORE.replace("  - switch-data:\n", """
              - switch-data:
                when: host.name != "cp3"
            """);
        assertThat(lint(text)).containsExactly("RB201 switch-data leaves out cp3, where a member runs");
    }

    @Test
    void aConditionOnUnknownValuesCountsAsTrue() throws IOException {
        assertThat(lint(RESTORE.replace("  - restore: ${{ inputs.snapshot }}\n", """
              - restore: ${{ inputs.snapshot }}
                id: restored
            """)
                        .replace("  - switch-data:\n", """
                              - switch-data:
                                when: steps.restored.revision > 0
                            """)))
                .isEmpty();
    }

    @Test
    void aConditionOnInputsUsesTheirDefaults() throws IOException {
        assertThat(lint(RESTORE.replace("  - commit:\n", "  - commit:\n    when: inputs.careful\n")))
                .isEmpty();
        assertThat(lint(RESTORE.replace("  - commit:\n", "  - commit:\n    when: \"!inputs.careful\"\n")))
                .containsExactly("RB107 start-apiserver runs after a switch to new data, and no step commits");
    }

    @Test
    void runOnceLeavesOutTheOthers() throws IOException {
        var text = RESTORE.replace("  - stop-etcd:\n", "  - stop-etcd:\n    run_once: true\n");
        assertThat(lint(text)).containsExactly("RB201 stop-etcd leaves out cp2, cp3, where a member runs");
        Files.delete(folder.resolve("inventory.yml"));
        assertThat(lint(text)).containsExactly("RB201 stop-etcd leaves out the other hosts");
    }

    @Test
    void aClearedEffectIsMissing() throws IOException {
        var text = RESTORE.replace("  - switch-data:\n", """
              - start-apiserver:
                hosts: cp2
              - switch-data:
            """);
        assertThat(lint(text)).containsExactly("RB101 switch-data begins while an API server may run: cp2");
    }

    @Test
    void aServiceStepStartsAnApiServerToo() throws IOException {
        var text = RESTORE.replace("  - switch-data:\n", """
              - service: {name: kube-apiserver, state: started}
                hosts: kube_control_plane
              - switch-data:
            """);
        assertThat(lint(text)).containsExactly("RB101 switch-data begins while an API server may run: cp1, cp2, cp3");
    }

    @Test
    void argumentsOfARestoreByCommandAreChecked() throws IOException {
        assertThat(lint("""
            hosts: etcd
            steps:
              - command:
                  argv: [etcdutl, snapshot, restore, /tmp/a.db, --data-dir=/var/lib/etcd, --initial-cluster-token, abc]
                  irreversible: true
            """))
                .containsExactly(
                        "RB301 /var/lib/etcd is the live data folder",
                        "RB303 no owner is given for /var/lib/etcd, and etcd may run as a user of its own",
                        "RB302 this cluster token is the same in every run");
    }

    @Test
    void aRuleIsAllowedForOneStepOnly() throws IOException {
        var broken = RESTORE.replace("hosts: etcd\n", "hosts: etcd\nallow: [{rule: RB117, reason: Ours.}]\n")
                .replace("  - snapshot: {if_possible: true}\n", "");
        assertThat(lint(broken)).isEmpty();
        assertThat(result(broken).suppressed()).singleElement().satisfies(suppressed -> {
            assertThat(suppressed.allowance().reason()).isEqualTo("Ours.");
            assertThat(suppressed.problem().code()).isEqualTo("RB117");
        });
        assertThat(lint(broken.replace("allow: [{rule: RB117, reason: Ours.}]\n", "")
                        .replace(
                                "  - stop-etcd:\n", "  - stop-etcd:\n    allow: [{rule: RB117, reason: Not here.}]\n")))
                .containsExactly(
                        "RB401 no step breaks RB117 (no-snapshot) here",
                        "RB117 switch-data begins, and no step before it saves a snapshot of the cluster");
    }

    @Test
    void anAllowanceThatNeedsAnInventoryIsNotUnusedWithoutOne() throws IOException {
        var text = RESTORE.replace("hosts: etcd\n", "hosts: etcd\nallow: [{rule: even-members, reason: Two it is.}]\n");
        assertThat(lint(text)).containsExactly("RB401 no step breaks RB204 (even-members) here");
        Files.delete(folder.resolve("inventory.yml"));
        assertThat(lint(text)).isEmpty();
    }

    /** Names that rules had before still work in runbooks that allow them. */
    @Test
    void aFormerNameIsStillAllowed() throws IOException {
        var broken = RESTORE.replace("hosts: etcd\n", "hosts: etcd\nallow: [{rule: no-way-back, reason: Ours.}]\n")
                .replace("  - snapshot: {if_possible: true}\n", "");
        assertThat(lint(broken)).isEmpty();
        assertThat(Rule.find("behind-commit")).contains(Rule.AFTER_COMMIT);
        assertThat(Rule.find("not-looked-at")).contains(Rule.NOT_CHECKED);
    }

    /** A step that must run, on hosts that this inventory does not have, is no success; other steps may run nowhere. */
    @Test
    void stepsThatMustRunNeedAHost() throws IOException {
        Files.writeString(folder.resolve("inventory.yml"), """
            etcd: {hosts: {cp1: , cp2: , cp3: }}
            kube_control_plane: {hosts: {}}
            spare: {hosts: {cp1: }}
            """);
        assertThat(lint("""
            hosts: etcd
            inputs:
              pki: {type: bool, default: false}
            steps:
              - snapshot: {to: backup.db}
                when: host.name == "cp9"
              - fetch: {src: /etc/ca.crt, dest: ca}
                when: inputs.pki
              - fetch: {src: /etc/ca.crt, dest: ca}
                hosts: spare:!cp1
              - verify: {etcd: false, api_server: true}
                hosts: kube_control_plane
              - verify:
                hosts: kube_control_plane
              - verify:
                hosts: spare:!cp1
                allow: [{rule: RB205, reason: the spare hosts are not there yet}]
            """))
                .containsExactly(
                        "RB205 the step \"snapshot\" runs on no host: its condition is false on cp1, cp2, cp3",
                        "RB205 the step \"fetch\" runs on no host: spare has cp1",
                        "RB205 the step \"verify\" runs on no host: the group kube_control_plane has no hosts");
    }

    private List<String> lint(String text) throws IOException {
        return result(text).problems().stream()
                .map(problem -> problem.code() + " " + problem.summary())
                .toList();
    }

    private Linter.Result result(String text) throws IOException {
        Files.writeString(folder.resolve("runbook.yml"), text);
        var inventory = Path.of("inventory.yml");
        var checked = new Loader(StepTypes.ALL)
                .check(new Request(
                        Path.of("runbook.yml"),
                        Files.exists(folder.resolve(inventory)) ? List.of(inventory) : List.of(),
                        List.of(),
                        Optional.empty(),
                        Set.of(),
                        new Surroundings(folder, folder, "me")));
        assertThat(checked.problems()).extracting(Problem::summary).isEmpty();
        return new Linter(StepTypes.ALL).lint(checked.loaded().orElseThrow());
    }
}
