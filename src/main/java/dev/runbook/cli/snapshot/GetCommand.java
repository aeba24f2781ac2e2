package dev.runbook.cli.snapshot;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.objects.ObjectKey;
import dev.runbook.etcd.objects.ObjectManifest;
import dev.runbook.etcd.objects.StoredObject;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.etcd.store.StoredKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runbook snapshot get}. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Shows an object of a snapshot as YAML; hides the values of Secrets without --show-secrets.")
final class GetCommand implements Callable<Integer> {
    @Mixin
    SnapshotSource source = new SnapshotSource();

    @Parameters(
            index = "1",
            paramLabel = "OBJECT",
            description = "KIND/NAMESPACE/NAME, KIND/NAME for cluster-scoped objects, or an etcd key.")
    String object = "";

    @Option(names = "--show-secrets", description = "Show the values of Secrets.")
    boolean showSecrets;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws BadSnapshot, UsageError {
        var terminal = Terminal.ofProcess(output);
        var segments = object.split("/", 3);
        if (!object.startsWith("/") && segments.length < 2) {
            throw new UsageError(object + " is not an object; try KIND/NAMESPACE/NAME, or KIND/NAME");
        }
        try (var opened = SnapshotFile.open(source.file());
                var view = source.view(opened)) {
            List<StoredKey> found = new ArrayList<>();
            view.forEach(key -> {
                if (matches(key.nameText(), segments)) {
                    found.add(key);
                }
            });
            if (found.isEmpty()) {
                throw new UsageError(source.file() + " has no " + object + " at revision " + view.revision()
                        + "; `runbook snapshot ls " + source.file() + "` lists what it has");
            }
            if (found.size() > 1) {
                throw new UsageError(object + " matches several objects: "
                        + found.stream().map(StoredKey::nameText).collect(Collectors.joining(", "))
                        + "; try one of these keys");
            }
            terminal.document(yaml(found.getFirst()).stripTrailing() + "\n");
        }
        return ExitCode.DONE.number();
    }

    private boolean matches(String key, String[] segments) {
        if (object.startsWith("/")) {
            return key.equals(object);
        }
        var parsed = ObjectKey.of(key);
        return parsed.isKind(segments[0])
                && parsed.name().equals(segments[segments.length - 1])
                && parsed.namespace().equals(segments.length == 3 ? segments[1] : "");
    }

    private String yaml(StoredKey key) throws UsageError {
        var value = key.valueBytes();
        try {
            return ObjectManifest.yaml(
                    ObjectKey.of(key.nameText()),
                    StoredObject.of(value),
                    value,
                    showSecrets ? ObjectManifest.Secrets.SHOWN : ObjectManifest.Secrets.HIDDEN);
        } catch (IOException damaged) {
            throw new UsageError(
                    source.file() + ": the value of " + key.nameText() + " is damaged: " + damaged.getMessage());
        }
    }
}
