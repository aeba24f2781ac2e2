package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.Program;
import dev.runbook.cli.testing.ProgramResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A saved plan through the whole program, on simulated nodes: applied once, and only as it was confirmed. */
@ResourceLock(ControlPlanes.NO_FLEET)
@SuppressWarnings("NullAway.Init") // set before every test
class SavedPlanCommandTest {
    private Program program;
    private Path inventory;
    private Path runbook;
    private Path snapshot;
    private Path plan;

    @TempDir
    private Path folder;

    @BeforeEach
    void plan() throws IOException {
        program = new Program(folder.resolve("state"));
        inventory = copy(Program.home().resolve("inventory/simulated.yml"), "inventory.yml");
        runbook = copy(Program.shipped("restore.yml"), "runbook.yml");
        snapshot = folder.resolve("snapshot.db");
        plan = folder.resolve("plan.json");
        done(
                "apply",
                Program.shipped("backup.yml").toString(),
                "-i",
                inventory.toString(),
                "-e",
                "to=" + snapshot,
                "-y");
        done(
                "plan",
                runbook.toString(),
                "-i",
                inventory.toString(),
                "-e",
                "snapshot=" + snapshot,
                "-o",
                plan.toString());
    }

    private Path copy(Path from, String name) throws IOException {
        return Files.copy(from, folder.resolve(name));
    }

    private ProgramResult done(String... arguments) {
        return program.run(arguments).expect(ExitCode.DONE);
    }

    private ProgramResult apply(String... more) {
        var arguments = new ArrayList<>(List.of("apply", plan.toString(), "-y"));
        arguments.addAll(List.of(more));
        return program.run(arguments);
    }

    private void assertRefused(String reason) {
        assertThat(apply().expect(ExitCode.BAD_INPUT).stderr()).contains(reason, "Nothing was changed.");
        assertThat(program.run("runs").stdout().lines()).hasSize(1);
    }

    @Test
    void isAppliedOnce() {
        assertThat(done("plan", "show", plan.toString()).stdout()).contains("switch-data", "Made ");
        assertThat(apply().expect(ExitCode.DONE).stdout()).contains("-sim succeeded");
        assertThat(apply().expect(ExitCode.BAD_INPUT).stderr())
                .contains("plan-was-used", "this plan was already applied");
    }

    @Test
    void isRefusedWhenTheRunbookChanged() throws IOException {
        Files.writeString(runbook, Files.readString(runbook) + "# mine\n");
        assertRefused(runbook + " has changed since the plan was made");
    }

    @Test
    void isRefusedWhenTheSnapshotChanged() throws IOException {
        var bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length / 2] ^= 1;
        Files.write(snapshot, bytes);
        assertRefused("snapshot.db has changed since the plan was made");
    }

    @Test
    void isRefusedWhenTheInventoryChanged() throws IOException {
        var text = Files.readString(inventory);
        Files.writeString(inventory, "# A comment changes nothing.\n" + text.replace("192.0.2.12", "192.0.2.112"));
        assertRefused("the inventory's entry for cp2 has changed");
        Files.writeString(inventory, "# A comment changes nothing.\n" + text);
        apply().expect(ExitCode.DONE);
    }

    @Test
    void isRefusedWhenItWasEdited() throws IOException {
        Files.writeString(plan, Files.readString(plan).replace("stop-etcd", "stop-etdc"));
        assertThat(apply().expect(ExitCode.BAD_INPUT).stderr()).contains("edited after it was saved");
    }

    @Test
    void acceptsNoOtherInputs() {
        assertThat(apply("-e", "snapshot=other.db").expect(ExitCode.BAD_INPUT).stderr())
                .contains("a saved plan has its inputs");
    }

    /** Recorded facts replace hosts, and are refused if they cannot. */
    @Test
    void recordedFactsReplaceHosts() throws IOException {
        var facts = folder.resolve("facts.json");
        done("facts", "-i", inventory.toString(), "-o", facts.toString());
        var stacked = Program.home().resolve("inventory/stacked.yml").toString();
        var restore = List.of(runbook.toString(), "-i", stacked, "-e", "snapshot=" + snapshot);

        assertThat(onFacts("plan", restore, facts, "--simulate")
                        .expect(ExitCode.DONE)
                        .stderr())
                .contains("SIMULATED: cp1, cp2, cp3");
        assertThat(onFacts("apply", restore, facts, "--simulate", "-y")
                        .expect(ExitCode.DONE)
                        .stdout())
                .contains("HashKV", "-sim succeeded");
        assertThat(onFacts("plan", restore, facts).expect(ExitCode.BAD_INPUT).stderr())
                .contains("--simulate");

        var text = Files.readString(facts);
        Files.writeString(facts, text.replace("\"host\" : \"cp3\"", "\"host\" : \"cp4\""));
        assertThat(onFacts("apply", restore, facts, "--simulate", "-y")
                        .expect(ExitCode.BAD_INPUT)
                        .stderr())
                .contains("has no facts of cp3");
        Files.writeString(facts, text.replace("\"identity\"", "\"identiti\""));
        assertThat(onFacts("plan", restore, facts, "--simulate")
                        .expect(ExitCode.BAD_INPUT)
                        .stderr())
                .contains("is no facts file", "\"identiti\"");
    }

    @Test
    void proveOnFactsReportsToProgramsAndServers() throws IOException {
        var facts = folder.resolve("facts.json");
        var junit = folder.resolve("prove.xml");
        done("facts", "-i", inventory.toString(), "-o", facts.toString());
        var backup = List.of(
                Program.shipped("backup.yml").toString(), "-i", inventory.toString(), "-e", "to=" + folder + "/b.db");
        var proved = onFacts("prove", backup, facts, "--json", "--junit", junit.toString())
                .expect(ExitCode.DONE);
        assertThat(proved.stdout().lines().toList())
                .anySatisfy(line ->
                        assertThat(line).startsWith("{\"type\":\"proved\"").contains("\"failed\":0"))
                .allSatisfy(line -> assertThat(line).startsWith("{\"type\":\""));
        assertThat(Files.readString(junit)).contains("controller killed: ", "failures=\"0\"");
    }

    private ProgramResult onFacts(String command, List<String> arguments, Path facts, String... more) {
        var all = new ArrayList<>(List.of(command));
        all.addAll(arguments);
        all.addAll(List.of("--facts", facts.toString()));
        all.addAll(List.of(more));
        return program.run(all);
    }
}
