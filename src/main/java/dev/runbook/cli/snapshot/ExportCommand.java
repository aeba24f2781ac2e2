package dev.runbook.cli.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.etcd.store.StoredKey;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runbook snapshot export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes every key with its value as a line of JSON; bytes that are not UTF-8 as base64. The file is"
                        + " readable by its owner only, because it has the values of Secrets.")
final class ExportCommand implements Callable<Integer> {
    @Mixin
    SnapshotSource source = new SnapshotSource();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description = "File for JSON Lines; must not exist yet.")
    Path out = Path.of("");

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws BadSnapshot, UsageError {
        var terminal = Terminal.ofProcess(output);
        try (var opened = SnapshotFile.open(source.file());
                var view = source.view(opened)) {
            NewFile.create(out);
            try (BufferedWriter writer = Files.newBufferedWriter(out)) {
                view.forEach(key -> write(writer, key));
            }
            long lines;
            try (var written = Files.lines(out)) {
                lines = written.count();
            }
            if (lines != view.size()) {
                throw new UsageError(out + " has " + lines + " lines for " + view.size() + " keys; do not use it");
            }
            terminal.note(lines + " keys at revision " + view.revision() + " written to " + out
                    + ", and counted there; the file has the values of Secrets");
        } catch (IOException failure) {
            throw NewFile.failed(out, failure);
        } catch (UncheckedIOException failure) {
            throw NewFile.failed(out, failure);
        }
        return ExitCode.DONE.number();
    }

    private static void write(BufferedWriter writer, StoredKey key) {
        Map<String, Object> line = new LinkedHashMap<>();
        put(line, "key", key.nameBytes());
        line.put("createRevision", key.createRevision());
        line.put("modRevision", key.modRevision());
        line.put("version", key.version());
        line.put("lease", key.lease());
        put(line, "value", key.valueBytes());
        try {
            writer.write(HumanText.json(line));
            writer.write('\n');
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void put(Map<String, Object> line, String name, byte[] bytes) {
        try {
            line.put(name, UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException binary) {
            line.put(name + "Base64", Base64.getEncoder().encodeToString(bytes));
        }
    }
}
