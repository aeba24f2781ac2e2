package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The objects of a real snapshot, most of them in protobuf, and which commands show the values of its Secret. */
@ResourceLock(ControlPlanes.NO_FLEET)
class SnapshotObjectsTest {
    private static final List<String> PASSWORD = List.of("hunter2", "aHVudGVyMg");

    @TempDir
    private Path folder;

    private String snapshot = "";
    private Program program = new Program(Path.of(""));

    @BeforeEach
    void unpack() throws IOException {
        program = new Program(folder.resolve("state"));
        Path file = folder.resolve("namespace.db");
        try (var packed = Objects.requireNonNull(getClass().getResourceAsStream("/snapshot/namespace.db.gz"));
                var unpacked = new GZIPInputStream(packed)) {
            Files.copy(unpacked, file);
        }
        snapshot = file.toString();
    }

    @Test
    void secretsAreShownOnRequestOnly() throws IOException {
        for (var call : List.of(
                List.of("snapshot", "get", snapshot, "secret/shop/s"),
                List.of("snapshot", "ls", snapshot),
                List.of("snapshot", "ls", snapshot, "--json"),
                List.of("snapshot", "diff", snapshot, snapshot))) {
            var ended = program.run(call).expect(ExitCode.DONE);
            assertThat(ended.stdout() + ended.stderr()).doesNotContain(PASSWORD);
        }
        assertThat(program.run("snapshot", "get", snapshot, "secret/shop/s", "--show-secrets")
                        .stdout())
                .contains("password: \"aHVudGVyMg==\"");
        assertThat(program.run("snapshot", "get", snapshot, "secret/shop/enc").stdout())
                .isEqualTo("# encrypted at rest by provider aescbc v1 with key key1, 27 bytes\n");

        var lines = folder.resolve("out.jsonl");
        assertThat(program.run("snapshot", "export", snapshot, "-o", lines.toString())
                        .expect(ExitCode.DONE)
                        .stderr())
                .contains("has the values of Secrets");
        assertThat(permissions(lines)).isEqualTo("rw-------");
        assertThat(lines).content().hasLineCount(10);
    }

    @Test
    void aNamespaceIsWrittenForKubectl() throws IOException {
        var some = folder.resolve("some");
        var ended = program.run("snapshot", "extract", snapshot, "-n", "shop", "-o", some.toString())
                .expect(ExitCode.DONE);

        assertThat(names(some))
                .containsExactly(
                        "deployments.web.yaml",
                        "example.org%2Fwidgets.w.yaml",
                        "jobs.once.yaml",
                        "persistentvolumeclaims.disk.yaml",
                        "pods.web.yaml",
                        "secrets.enc.partial",
                        "secrets.s.yaml",
                        "services.web.yaml");
        assertThat(permissions(some)).isEqualTo("rwx------");
        assertThat(permissions(some.resolve("secrets.s.yaml"))).isEqualTo("rw-------");
        assertThat(some.resolve("secrets.s.yaml")).content().contains("password: \"aHVudGVyMg==\"");
        assertThat(some.resolve("deployments.web.yaml"))
                .content()
                .contains("replicas: 0")
                .doesNotContain("status", "uid", "raw");
        assertThat(ended.stderr())
                .contains("7 objects written", "of the past (--all writes them): 1 events", "secrets.enc.partial")
                .contains("`kubectl create namespace shop` first")
                .doesNotContain(PASSWORD);

        var all = folder.resolve("all");
        program.run("snapshot", "extract", snapshot, "-n", "shop", "--all", "-o", all.toString())
                .expect(ExitCode.DONE);
        assertThat(names(all)).contains("events.e.yaml").hasSize(9);
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
