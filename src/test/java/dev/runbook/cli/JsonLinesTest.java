package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** With --json every command prints only lines of the documented schema on standard output. */
@ResourceLock(ControlPlanes.NO_FLEET)
class JsonLinesTest {
    private static final Schema SCHEMA = schema();

    @TempDir
    private Path folder;

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Program.home().resolve("docs/schema/events.json")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the schema docs/schema/events.json cannot be read", e);
        }
    }

    @Test
    void everyCommandFollowsTheSchema() throws IOException {
        var inventory = Program.home().resolve("inventory/simulated.yml").toString();
        var restore = Program.shipped("restore.yml").toString();
        var backup = Program.shipped("backup.yml").toString();
        var snapshot = folder.resolve("snapshot.db").toString();
        var broken = Files.writeString(folder.resolve("broken.yml"), "hosts: etcd\nsteps: [{stopp-etcd: {}}]\n")
                .toString();
        var plan = folder.resolve("plan.json").toString();

        assertTypes("run-began", "run-planned", "step-began", "action-ended", "outcome")
                .of("apply", backup, "-i", inventory, "-e", "to=" + snapshot, "-y");
        assertTypes("snapshot-status").of("snapshot", "status", snapshot);
        assertTypes("snapshot-object").of("snapshot", "ls", snapshot);
        assertTypes("snapshot-sum").of("snapshot", "ls", snapshot, "--summary");
        assertTypes("snapshot-age").of("snapshot", "diff", snapshot, snapshot);
        assertTypes("plan", "written").of("plan", restore, "-i", inventory, "-e", "snapshot=" + snapshot, "-o", plan);
        assertTypes("plan").of("plan", "show", plan);
        assertTypes("plan", "committed", "outcome").of("apply", plan, "-y");
        assertTypes("problem", "refused").of("apply", plan, "-y");
        assertTypes("run").of("runs");
        assertTypes("validated").of("validate", restore, "-i", inventory);
        assertTypes("problem", "validated").of("validate", broken);
        assertTypes("lint-rule").of("validate", "--explain");
        assertTypes("step-type").of("steps");
        assertTypes("proved").of("prove", backup, "-i", inventory, "-e", "to=" + folder.resolve("other.db"));
        assertTypes("refused").of("plan", restore);
        assertTypes("facts").of("facts", "-i", inventory);
    }

    private Call assertTypes(String... types) {
        return new Call(new Program(folder.resolve("state")), List.of(types));
    }

    private record Call(Program program, List<String> types) {
        void of(String... arguments) {
            var all = new ArrayList<>(List.of(arguments));
            all.add("--json");
            var ended = program.run(all);
            var lines = ended.stdout().lines().toList();
            for (var line : lines) {
                assertThat(SCHEMA.validate(line, InputFormat.JSON))
                        .as("%s of %s", line, all)
                        .isEmpty();
            }
            for (var type : types) {
                assertThat(lines)
                        .as("%s of %s", type, ended)
                        .anySatisfy(line -> assertThat(line).startsWith("{\"type\":\"" + type + "\""));
            }
        }
    }
}
