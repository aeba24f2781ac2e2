package dev.runbook.cli.snapshot;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.etcd.bbolt.BadSnapshot;
import dev.runbook.etcd.objects.ObjectKey;
import dev.runbook.etcd.objects.StoredObject;
import dev.runbook.etcd.snapshot.SnapshotFile;
import dev.runbook.etcd.store.StoredKey;
import dev.runbook.report.line.Line;
import dev.runbook.report.line.SnapshotLine;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runbook snapshot ls}. */
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        description = "Lists the Kubernetes objects in a snapshot, or counts them by kind and namespace.")
final class ListCommand implements Callable<Integer> {
    @Mixin
    SnapshotSource source = new SnapshotSource();

    @Mixin
    ObjectOptions objects = new ObjectOptions();

    @Option(names = "--summary", description = "Only counts and bytes by kind and namespace.")
    boolean summary;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: TABLE. JSON prints a line for each object.")
    SnapshotFormat form = SnapshotFormat.TABLE;

    @Mixin
    OutputOptions output = new OutputOptions();

    /** A count of keys, and the bytes of their names and values. */
    private record Sum(long count, long bytes) {
        Sum plus(Sum other) {
            return new Sum(count + other.count, bytes + other.bytes);
        }
    }

    @Override
    public Integer call() throws BadSnapshot {
        var terminal = Terminal.ofProcess(output.json(form == SnapshotFormat.JSON));
        boolean json = terminal.json();
        SortedMap<String, Sum> sums = new TreeMap<>();
        try (var opened = SnapshotFile.open(source.file());
                var view = source.view(opened)) {
            if (!summary && !json) {
                terminal.line(row("NAMESPACE", "RESOURCE", "KIND", "REVISION", "BYTES", "ENCODING", "NAME"));
            }
            view.forEach(key -> {
                var object = ObjectKey.of(key.nameText());
                if (objects.matches(object)) {
                    sums.merge(object.resource() + "\t" + object.namespace(), new Sum(1, key.size()), Sum::plus);
                    if (!summary) {
                        show(terminal, json, object, key);
                    }
                }
            });
            showTotals(terminal, json, view.revision(), sums);
        }
        return ExitCode.DONE.number();
    }

    private static void show(Terminal terminal, boolean json, ObjectKey object, StoredKey key) {
        var value = StoredObject.of(key.valueBytes());
        if (json) {
            terminal.emit(new SnapshotLine.SnapshotObject(
                    object.resource(),
                    value.kind(),
                    object.namespace(),
                    object.name(),
                    value.encoding(),
                    key.createRevision(),
                    key.modRevision(),
                    key.version(),
                    key.lease(),
                    key.size(),
                    key.nameText()));
        } else {
            terminal.line(row(
                    object.namespace(),
                    object.resource(),
                    value.kind(),
                    Long.toString(key.modRevision()),
                    Long.toString(key.size()),
                    value.encoding(),
                    object.name()));
        }
    }

    /** A row with fixed columns, because objects are printed as they are read. */
    private static String row(String... cells) {
        return "%-20s %-32s %-24s %10s %8s %-10s %s".formatted((Object[]) cells).stripTrailing();
    }

    private void showTotals(Terminal terminal, boolean json, long revision, SortedMap<String, Sum> sums) {
        var total = sums.values().stream().reduce(new Sum(0, 0), Sum::plus);
        if (summary && json) {
            sums.forEach((place, sum) -> terminal.emit(line(place, sum)));
        } else if (summary) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("RESOURCE", "NAMESPACE", "OBJECTS", "BYTES"));
            sums.forEach((place, sum) -> rows.add(List.of(
                    place.substring(0, place.indexOf('\t')),
                    place.substring(place.indexOf('\t') + 1),
                    Long.toString(sum.count()),
                    Long.toString(sum.bytes()))));
            terminal.lines(HumanText.columns(rows));
        }
        terminal.note(total.count() + " objects, " + HumanText.size(total.bytes()) + ", at revision " + revision);
    }

    private static Line line(String place, Sum sum) {
        return new SnapshotLine.SnapshotSum(
                place.substring(0, place.indexOf('\t')),
                place.substring(place.indexOf('\t') + 1),
                sum.count(),
                sum.bytes());
    }
}
