package dev.runbook.cli.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.etcd.objects.ControllerOwned;
import dev.runbook.etcd.objects.ObjectExtraction;
import dev.runbook.etcd.objects.ObjectKey;
import dev.runbook.etcd.objects.StoredObject;
import dev.runbook.etcd.snapshot.BadSnapshot;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.etcd.snapshot.StoredKey;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runbook snapshot extract}. */
@Command(
        name = "extract",
        mixinStandardHelpOptions = true,
        description = "Writes the objects of a namespace as YAML files for `kubectl apply`, Secrets with their values;"
                + " without UIDs, owners, times, status and whatever else an API server sets by itself."
                + " What controllers make again (Pods of a Deployment, Endpoints, ...), Events, Leases and finished"
                + " Jobs are left out without --all. What cannot be told whole (unknown kinds, encrypted values, fields"
                + " of a newer Kubernetes) goes to files ending in .partial, which kubectl does not read.")
final class ExtractCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A snapshot, or a copied member/snap/db.")
    Path file = Path.of("");

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
            description = "A folder that is not there yet.")
    Path folder = Path.of("");

    @Option(names = "--at", paramLabel = "REVISION", description = "As of this revision; usually the last one.")
    @Nullable
    Long at;

    @Option(names = "--all", description = "Also what controllers make again, and what is finished.")
    boolean all;

    @Mixin
    OutputOptions output = new OutputOptions();

    private int written;
    private final List<String> partial = new ArrayList<>();
    private final Map<String, Map<String, Integer>> leftOut = new TreeMap<>();
    private final List<String> claims = new ArrayList<>();

    @Override
    public Integer call() throws BadSnapshot, UsageError {
        var terminal = Terminal.ofProcess(output);
        try (var opened = SnapshotFile.open(file);
                var view = ObjectOptions.view(opened, at)) {
            List<StoredKey> keys = new ArrayList<>();
            view.forEach(key -> {
                if (belongs(ObjectKey.of(key.nameText()))) {
                    keys.add(key);
                }
            });
            if (keys.isEmpty()) {
                throw new UsageError(
                        file + " has nothing in namespace " + namespace + " at revision " + view.revision());
            }
            if (Files.exists(folder)) {
                throw new UsageError(folder + " is there already: give another name, or move it away");
            }
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            ControllerOwned madeAgain = new ControllerOwned();
            keys.forEach(key -> madeAgain.add(StoredObject.of(key.valueBytes())));
            for (StoredKey key : keys) {
                write(key, madeAgain);
            }
        } catch (IOException failure) {
            throw NewFile.failed(folder, failure);
        }
        terminal.note(written + " objects written to " + folder + " for `kubectl apply -f " + folder + "`");
        leftOut.forEach((reason, kinds) -> terminal.note("left out, " + reason + " (--all writes them): "
                + kinds.entrySet().stream()
                        .map(kind -> kind.getValue() + " " + kind.getKey())
                        .collect(Collectors.joining(", "))));
        if (!claims.isEmpty()) {
            terminal.note(
                    "volume claims bind to their old volumes only if these are there and free of their old claims: "
                            + String.join(", ", claims));
        }
        partial.forEach(name -> terminal.note("not for kubectl: " + name));
        return ExitCode.DONE.number();
    }

    private boolean belongs(ObjectKey key) {
        return key.namespace().equals(namespace)
                || (key.resource().equals("namespaces") && key.name().equals(namespace));
    }

    private void write(StoredKey key, ControllerOwned madeAgain) throws IOException, UsageError {
        var object = ObjectKey.of(key.nameText());
        var value = key.valueBytes();
        var stored = StoredObject.of(value);
        var reason = all ? Optional.<String>empty() : madeAgain.reason(stored);
        if (reason.isPresent()) {
            leftOut.computeIfAbsent(reason.get(), any -> new TreeMap<>()).merge(object.plural(), 1, Integer::sum);
            return;
        }
        var file = ObjectExtraction.file(stored, value);
        // A namespace comes first when kubectl goes through the folder by name.
        var name = (object.resource().equals("namespaces") ? "00-" : "")
                + URLEncoder.encode(object.resource() + "." + object.name(), UTF_8)
                + (file.whole() ? ".yaml" : ".partial");
        var path = folder.resolve(name);
        NewFile.create(path);
        Files.writeString(path, file.text());
        if (file.whole()) {
            written++;
        } else {
            partial.add(path + " (" + stored.encoding() + " " + stored.kind() + ")");
        }
        if (object.resource().equals("persistentvolumeclaims")) {
            claims.add(object.name());
        }
    }
}
