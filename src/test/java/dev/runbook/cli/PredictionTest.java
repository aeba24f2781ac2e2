package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlane;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.FleetGuard;
import dev.runbook.cli.testing.KeyDump;
import dev.runbook.cli.testing.Program;
import dev.runbook.cli.testing.RunbookText;
import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.snapshot.RestoredStore;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.fleet.DebianSuite;
import dev.runbook.fleet.Login;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The predictions from a snapshot file before a restore match the members after it: hashes, and lost objects. */
@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(ControlPlanes.EXTERNAL_FLEET)
class PredictionTest {
    @ParameterizedTest
    @CsvSource({
        "TRIXIE, none, false",
        "TRIXIE, none, true",
        "TRIXIE, 1000, false",
        "TRIXIE, 1000, true",
        "BOOKWORM, none, false",
        "BOOKWORM, none, true"
    })
    void aRestoreMatchesThePrediction(DebianSuite suite, String bump, boolean compacted, @TempDir Path folder)
            throws BadSnapshot {
        var members = ControlPlanes.external(suite);
        var program = new Program(folder.resolve("state"));
        var home = "/registry/%s/ns-" + Long.toHexString(System.nanoTime()) + "/%s";
        var pods = List.of(home.formatted("pods", "a"), home.formatted("pods", "b"), home.formatted("pods", "c"));
        var own = home.formatted("example.com/widgets", "w");
        var secret = home.formatted("secrets", "s");
        pods.forEach(key -> write(members, key, "first"));
        pods.forEach(key -> write(members, key, "second"));
        write(members, own, "first");
        delete(members, pods.get(2));
        write(members, pods.get(2), "created again");
        if (compacted) {
            compact(members);
        }
        var snapshot = members.backUp(program, folder.resolve("predicted.db"), Login.ROOT);

        write(members, pods.getFirst(), "third");
        delete(members, pods.get(1));
        delete(members, pods.get(2));
        write(members, pods.get(2), "another one of this name");
        delete(members, own);
        write(members, secret, "only now");
        if (compacted) {
            compact(members);
        }

        var predicted = predicted(members, program, snapshot);
        var now = KeyDump.of(members);
        var runbook = RunbookText.shipped("restore-external.yml")
                .replace(
                        "      skip_hash_check: ${{ inputs.skip_hash_check }}\n    timeout: 10m\n",
                        "      skip_hash_check: ${{ inputs.skip_hash_check }}\n      bump: " + bump
                                + "\n    timeout: 10m\n")
                .writeTo(folder);
        program.run(members.apply(runbook, Login.ROOT, "snapshot=" + snapshot)).expect(ExitCode.DONE);

        assertThat(predicted)
                .containsAllEntriesOf(Map.of(
                        pods.getFirst(),
                        "reverted",
                        pods.get(1),
                        "restored",
                        pods.get(2),
                        "reverted",
                        own,
                        "restored",
                        secret,
                        "deleted"))
                .isEqualTo(now.changesTo(KeyDump.of(members)));
        try (var file = SnapshotFile.open(snapshot)) {
            var prediction = RestoredStore.predict(
                    file, bump.equals("none") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(bump)));
            assertThat(members.revision()).isEqualTo(prediction.revision());
            // At the current revision, because members before 3.5.10 refuse a compacted one by its number.
            assertThat(members.hashes(0)).isEqualTo(members.all(Long.toString(prediction.hash())));
        }
    }

    /** The effects that {@code snapshot diff --live} lists, by key. */
    private static Map<String, String> predicted(ControlPlane members, Program program, Path snapshot) {
        var call = new ArrayList<>(List.of("snapshot", "diff", snapshot.toString(), "--live", "--json"));
        call.addAll(members.target(Login.ROOT));
        Map<String, String> effects = new TreeMap<>();
        program.run(call)
                .expect(ExitCode.DONE)
                .stdout()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .filter(line -> line.path("type").asString().equals("diff-object"))
                .forEach(line -> effects.put(text(line, "key"), text(line, "effect")));
        return effects;
    }

    private static String text(JsonNode line, String field) {
        return line.path(field).asString();
    }

    private static void write(ControlPlane members, String key, String data) {
        var name = Path.of(key);
        members.fleet()
                .put(
                        key,
                        "{\"apiVersion\":\"v1\",\"kind\":\"It\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"%s\"},\"data\":\"%s\"}"
                                .formatted(name.getFileName(), name.getName(name.getNameCount() - 2), data));
    }

    private static void delete(ControlPlane members, String key) {
        etcdctl(members, "del", "--", key);
    }

    private static void compact(ControlPlane members) {
        etcdctl(members, "compact", "--physical", Long.toString(members.revision()));
    }

    private static void etcdctl(ControlPlane members, String... arguments) {
        members.fleet().etcdctl(members.fleet().nodes().getFirst(), arguments).require(String.join(" ", arguments));
    }
}
