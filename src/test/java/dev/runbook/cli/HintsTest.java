package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.Program;
import dev.runbook.cli.testing.SourceTexts;
import dev.runbook.lint.Rule;
import dev.runbook.schema.InventorySchema;
import dev.runbook.schema.RunbookSchema;
import dev.runbook.schema.SchemaText;
import dev.runbook.steps.StepTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import picocli.CommandLine;

/**
 * Our own advice names what is there: each command, option, field, input and problem code of a message or of
 * docs/operations.md exists. Whether the advice works is in docs/hints.md.
 */
@ResourceLock(ControlPlanes.NO_FLEET)
class HintsTest {
    private static final Path OPERATIONS = Program.home().resolve("docs/operations.md");

    private static final CommandLine PROGRAM = new CommandLine(new Main());

    /** In a code span, or as a next step at the end of a run. */
    private static final Pattern CALL = Pattern.compile("(?:`|next: |or: |[Tt]ry:? |then: )runbook ([^`;]*)");

    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])(--[a-z][a-z-]+|-[a-zA-Z](?![\\w-]))");

    /** Options of other programs: etcd and its tools, Kubernetes, kubectl, k3s, crictl and the shell's. */
    private static final Set<String> FOREIGN = Set.of(
            "--data-dir",
            "--name",
            "--initial-cluster",
            "--initial-cluster-token",
            "--initial-advertise-peer-urls",
            "--listen-client-urls",
            "--listen-peer-urls",
            "--listen-metrics-urls",
            "--advertise-client-urls",
            "--cert-file",
            "--key-file",
            "--trusted-ca-file",
            "--peer-cert-file",
            "--peer-key-file",
            "--peer-trusted-ca-file",
            "--client-cert-auth",
            "--peer-client-cert-auth",
            "--snapshot-count",
            "--advertise-address",
            "--client-ca-file",
            "--etcd-servers",
            "--secure-port",
            "--leader-elect",
            "--config-file",
            "--skip-hash-check",
            "--list",
            "--yaml",
            "--output",
            "--type",
            "--bump-revision",
            "--mark-compacted",
            "--wal-dir",
            "--force-new-cluster",
            "--auto-compaction-retention",
            "--quota-backend-bytes",
            "--hostname-override",
            "--node-ip",
            "--cluster-reset",
            "--cluster-reset-restore-path",
            "--label",
            "--timeout",
            "--no-password",
            "-a",
            "-l",
            "-lf",
            "-u",
            "-p",
            "-9",
            "-f",
            "-c");

    private static Set<String> allOptions() {
        var options = new LinkedHashSet<String>();
        collect(PROGRAM, options);
        return options;
    }

    private static void collect(CommandLine command, Set<String> options) {
        command.getCommandSpec().options().forEach(option -> options.addAll(Arrays.asList(option.names())));
        command.getSubcommands().values().forEach(each -> collect(each, options));
    }

    private static List<SourceTexts.Text> everything() throws IOException {
        var texts = new ArrayList<>(SourceTexts.messages());
        for (var line : Files.readAllLines(OPERATIONS)) {
            texts.add(new SourceTexts.Text("docs/operations.md", line));
        }
        return texts;
    }

    @Test
    void everyCallThatAHintNamesCanBeParsed() throws IOException {
        var wrong = new ArrayList<String>();
        int calls = 0;
        for (var text : everything()) {
            var matcher = CALL.matcher(text.text());
            while (matcher.find()) {
                calls++;
                wrongIn(matcher.group(1)).forEach(why -> wrong.add(text + ": " + why));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(calls).isGreaterThan(50);
    }

    private static List<String> wrongIn(String call) {
        CommandLine command = PROGRAM;
        var wrong = new ArrayList<String>();
        var words = call.strip().split("\\s+", -1);
        int index = 0;
        // `runbook plan|apply ...` names two.
        for (var first : words[0].split("\\|", -1)) {
            if (!PROGRAM.getSubcommands().containsKey(first) && !first.startsWith("-")) {
                wrong.add("no command " + first);
            }
        }
        while (index < words.length
                && command.getSubcommands().containsKey(words[index].split("\\|", -1)[0])) {
            command = Objects.requireNonNull(
                    command.getSubcommands().get(words[index].split("\\|", -1)[0]));
            index++;
        }
        var options = OPTION.matcher(String.join(" ", List.of(words).subList(index, words.length)));
        while (options.find()) {
            if (command.getCommandSpec().findOption(options.group(1)) == null) {
                wrong.add(command.getCommandSpec().qualifiedName() + " has no option " + options.group(1));
            }
        }
        return wrong;
    }

    @Test
    void everyOptionOfAMessageExists() throws IOException {
        var known = allOptions();
        var wrong = new ArrayList<String>();
        for (var text : everything()) {
            var spans = text.file().endsWith(".md") ? spans(text.text()) : List.of(text.text());
            for (var span : spans) {
                var matcher = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+").matcher(span);
                while (matcher.find()) {
                    if (!known.contains(matcher.group()) && !FOREIGN.contains(matcher.group())) {
                        wrong.add(text + ": " + matcher.group());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Names with an underscore: fields of steps, inputs of shipped runbooks, variables of inventories. */
    @Test
    void everyFieldOfAMessageExists() throws IOException {
        var known = SchemaText.of(RunbookSchema.of(StepTypes.ALL)) + SchemaText.of(InventorySchema.of());
        for (var runbook : List.of("restore.yml", "restore-external.yml", "backup.yml")) {
            known += Files.readString(Program.shipped(runbook));
        }
        var others = Set.of(
                "known_hosts",
                "authorized_keys",
                "host_paths",
                "ignore_errors",
                "start_time",
                "stop_time",
                "rb_length",
                "rb_script",
                "rb_nonce",
                "rb_ask",
                "rb_host",
                "rb_reader",
                "sshd_config",
                // Ansible's variables that the inventory's schema does not have.
                "ansible_become_exe",
                "ansible_become_flags",
                "ansible_ssh_executable",
                "ansible_paramiko_proxy_command",
                "ansible_ssh_private_key_passphrase",
                "host_vars",
                "group_vars",
                "etcd_data_dir",
                "etcd_version");
        var wrong = new ArrayList<String>();
        for (var text : everything()) {
            var matcher =
                    Pattern.compile("(?<![\\w/$.])[a-z]+(?:_[a-z]+)+(?![\\w(])").matcher(text.text());
            while (matcher.find()) {
                if (!known.contains(matcher.group()) && !others.contains(matcher.group())) {
                    wrong.add(text + ": " + matcher.group());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyCodeInTheOperationsPageIsOneOfTheProgram() throws IOException {
        var sources = String.join("\n", SourceTexts.sources());
        var rules = Arrays.stream(Rule.values()).map(Rule::code).toList();
        var wrong = new ArrayList<String>();
        var page = Files.readString(OPERATIONS);
        var table = page.substring(page.indexOf("## The run did not begin"), page.indexOf("## Exit 1"));
        for (var line : table.lines().filter(each -> each.startsWith("| `")).toList()) {
            for (var code : spans(line.split("\\|", -1)[1])) {
                if (code.matches("[a-z]+(-[a-z]+)*") && !rules.contains(code) && !sources.contains('"' + code + '"')) {
                    wrong.add(code);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(table).contains("`run-is-active`", "`unreadable-journal`");
    }

    /** In a call that makes a problem, or alone on a line of one, or a constant for it. */
    private static final Pattern CODE =
            Pattern.compile("(?:Problem\\.(?:at|on|ofCall)|[. (](?:problem|refuse|unreadable|wrong)|"
                    + "new Refused|new Problem)\\(\\s*(?:[^\"();]|\\([^()]*\\)){0,90}?\"([a-z]+(?:-[a-z0-9]+)*)\"\\s*,"
                    + "|(?m:^)\\s*\"([a-z]+(?:-[a-z]+)+)\",\n"
                    + "|(?:CODE|MISSING|OPAQUE|NOT_KEPT) = \"([a-z-]+)\"");

    /** Matches of the pattern that are step types, programs and groups. */
    private static final Set<String> NO_CODES = Set.of(
            "action-failed",
            "control-plane",
            "docker-compose",
            "dumb-init",
            "kube-master",
            "lxc-execute",
            "lxc-start",
            "systemd-nspawn");

    /** docs/hints.md has a row for each code. */
    @Test
    void everyProblemCodeHasARowInTheTableOfHints() throws IOException {
        var table = Files.readString(Program.home().resolve("docs/hints.md"));
        var steps = StepTypes.ALL.names();
        var missing = new java.util.TreeSet<String>();
        int codes = 0;
        for (var source : SourceTexts.sources()) {
            var matcher = CODE.matcher(source);
            while (matcher.find()) {
                for (int group = 1; group <= matcher.groupCount(); group++) {
                    var code = matcher.group(group);
                    if (code != null && !NO_CODES.contains(code) && !steps.contains(code)) {
                        codes++;
                        if (!table.contains("`" + code + "`")) {
                            missing.add(code);
                        }
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(codes).isGreaterThan(150);
    }

    /** Every user of the machine reads command lines in ps. */
    @Test
    void noHintPutsASecretOnACommandLine() throws IOException {
        var secret = Pattern.compile(
                "-e\\s*'?\"?\\{?\"?[\\w.]*(password|passphrase|secret|token)\\w*\"?\\s*[=:]|--password[ =]|sshpass",
                Pattern.CASE_INSENSITIVE);
        var wrong = new ArrayList<String>();
        for (var text : everything()) {
            if (secret.matcher(text.text()).find()) {
                wrong.add(text.toString());
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<String> spans(String markdown) {
        var spans = new ArrayList<String>();
        var matcher = Pattern.compile("`([^`]+)`").matcher(markdown);
        while (matcher.find()) {
            spans.add(matcher.group(1));
        }
        return spans;
    }
}
