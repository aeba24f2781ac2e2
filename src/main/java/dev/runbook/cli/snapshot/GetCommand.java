package dev.runbook.cli.snapshot;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.etcd.objects.ObjectKey;
import dev.runbook.etcd.objects.ObjectText;
import dev.runbook.etcd.objects.StoredObject;
import dev.runbook.etcd.snapshot.BadSnapshot;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.etcd.snapshot.StoredKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runbook snapshot get}. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Shows an object of a snapshot as YAML; the values of Secrets are hidden unless asked for.")
final class GetCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "A snapshot, or a copied member/snap/db.")
    Path file = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "OBJECT",
            description = "KIND/NAMESPACE/NAME, KIND/NAME for objects of the whole cluster, or a key of etcd.")
    String object = "";

    @Option(names = "--at", paramLabel = "REVISION", description = "As of this revision; usually the last one.")
    @Nullable
    Long at;

    @Option(names = "--show-secrets", description = "Show the values of Secrets.")
    boolean showSecrets;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws BadSnapshot, UsageError {
        var terminal = Terminal.ofProcess(output);
        var words = object.split("/", 3);
        if (!object.startsWith("/") && words.length < 2) {
            throw new UsageError(object + " names no object: give KIND/NAMESPACE/NAME, or KIND/NAME");
        }
        try (var opened = SnapshotFile.open(file);
                var view = ObjectOptions.view(opened, at)) {
            List<StoredKey> found = new ArrayList<>();
            view.forEach(key -> {
                if (matches(key.nameText(), words)) {
                    found.add(key);
                }
            });
            if (found.isEmpty()) {
                throw new UsageError(file + " has no " + object + " at revision " + view.revision()
                        + "; `runbook snapshot ls " + file + "` lists what it has");
            }
            if (found.size() > 1) {
                throw new UsageError(object + " may be any of "
                        + found.stream().map(StoredKey::nameText).collect(Collectors.joining(", "))
                        + "; give one of these keys");
            }
            terminal.document(yaml(found.getFirst()).stripTrailing() + "\n");
        }
        return ExitCode.DONE.number();
    }

    private boolean matches(String key, String[] words) {
        if (object.startsWith("/")) {
            return key.equals(object);
        }
        var parsed = ObjectKey.of(key);
        return parsed.isKind(words[0])
                && parsed.name().equals(words[words.length - 1])
                && parsed.namespace().equals(words.length == 3 ? words[1] : "");
    }

    private String yaml(StoredKey key) throws UsageError {
        var value = key.valueBytes();
        try {
            return ObjectText.yaml(
                    ObjectKey.of(key.nameText()),
                    StoredObject.of(value),
                    value,
                    showSecrets ? ObjectText.Secrets.SHOWN : ObjectText.Secrets.HIDDEN);
        } catch (IOException damaged) {
            throw new UsageError(file + ": " + key.nameText() + " is damaged inside: " + damaged.getMessage());
        }
    }
}
