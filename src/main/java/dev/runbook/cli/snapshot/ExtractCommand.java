package dev.runbook.cli.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.objects.ControllerOwned;
import dev.runbook.etcd.objects.ObjectExtraction;
import dev.runbook.etcd.objects.ObjectKey;
import dev.runbook.etcd.objects.StoredObject;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.etcd.store.StoredKey;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runbook snapshot extract}. */
@Command(
        name = "extract",
        mixinStandardHelpOptions = true,
        description = "Writes the objects of a namespace as YAML files for `kubectl apply`, Secrets with their values;"
            + " without UIDs, owners, times, status and other fields that an API server sets. Objects that controllers"
            + " recreate (Pods of a Deployment, Endpoints, ...), Events, Leases and finished Jobs are omitted without"
            + " --all. Objects that cannot be converted completely (unknown kinds, encrypted values, fields of a newer"
            + " Kubernetes) go to files ending in .partial, which kubectl does not read.")
final class ExtractCommand implements Callable<Integer> {
    @Mixin
    SnapshotSource source = new SnapshotSource();

    @Option(
            names = {"-n", "--namespace"},
            required = true,
            paramLabel = "NAME",
            description = "The namespace.")
    String namespace = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "A folder that does not exist yet.")
    Path folder = Path.of("");

    @Option(names = "--all", description = "Also write objects that controllers recreate, and finished ones.")
    boolean all;

    @Mixin
    OutputOptions output = new OutputOptions();

    private int written;
    private boolean itself;
    private final List<String> partial = new ArrayList<>();
    private final Map<String, Map<String, Integer>> omitted = new TreeMap<>();
    private final List<String> claims = new ArrayList<>();

    @Override
    public Integer call() throws BadSnapshot, UsageError {
        var terminal = Terminal.ofProcess(output);
        try (var opened = SnapshotFile.open(source.file());
                var view = source.view(opened)) {
            List<StoredKey> keys = new ArrayList<>();
            view.forEach(key -> {
                if (belongs(ObjectKey.of(key.nameText()))) {
                    keys.add(key);
                }
            });
            if (keys.isEmpty()) {
                throw new UsageError(source.file() + " has no objects in namespace " + namespace + " at revision "
                        + view.revision());
            }
            if (Files.exists(folder)) {
                throw new UsageError(folder + " already exists; try another name, or move it away");
            }
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            ControllerOwned controllerOwned = new ControllerOwned();
            keys.forEach(key -> controllerOwned.add(StoredObject.of(key.valueBytes())));
            for (StoredKey key : keys) {
                write(key, controllerOwned);
            }
        } catch (IOException failure) {
            throw NewFile.failed(folder, failure);
        }
        terminal.note(written + " objects written to " + folder + " for `kubectl apply -f " + folder + "`");
        if (!itself) {
            terminal.note(
                    "the snapshot does not have the namespace itself: where it is gone, `kubectl create namespace "
                            + namespace + "` first");
        }
        omitted.forEach((reason, kinds) -> terminal.note("omitted, " + reason + " (--all writes them): "
                + kinds.entrySet().stream()
                        .map(kind -> kind.getValue() + " " + kind.getKey())
                        .collect(Collectors.joining(", "))));
        if (!claims.isEmpty()) {
            terminal.note("volume claims bind to their old volumes only if these exist and have no old claim: "
                    + String.join(", ", claims));
        }
        partial.forEach(name -> terminal.note("not for kubectl: " + name));
        return ExitCode.DONE.number();
    }

    private boolean belongs(ObjectKey key) {
        return key.namespace().equals(namespace)
                || (key.resource().equals("namespaces") && key.name().equals(namespace));
    }

    private void write(StoredKey key, ControllerOwned controllerOwned) throws IOException, UsageError {
        var object = ObjectKey.of(key.nameText());
        var value = key.valueBytes();
        var stored = StoredObject.of(value);
        var reason = all ? Optional.<String>empty() : controllerOwned.reason(stored);
        if (reason.isPresent()) {
            omitted.computeIfAbsent(reason.get(), any -> new TreeMap<>()).merge(object.plural(), 1, Integer::sum);
            return;
        }
        var file = ObjectExtraction.extract(stored, value);
        // The namespace comes first, because kubectl reads the folder by name.
        itself |= object.resource().equals("namespaces");
        var name = (object.resource().equals("namespaces") ? "00-" : "")
                + URLEncoder.encode(object.resource() + "." + object.name(), UTF_8)
                + (file.complete() ? ".yaml" : ".partial");
        var path = folder.resolve(name);
        NewFile.create(path);
        Files.writeString(path, file.yaml());
        if (file.complete()) {
            written++;
        } else {
            partial.add(path + " (" + stored.encoding() + " " + stored.kind() + ")");
        }
        if (object.resource().equals("persistentvolumeclaims")) {
            claims.add(object.name());
        }
    }
}
