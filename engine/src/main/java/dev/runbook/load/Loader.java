package dev.runbook.load;

import dev.runbook.load.inventory.Host;
import dev.runbook.load.inventory.HostConnection;
import dev.runbook.load.inventory.HostPattern;
import dev.runbook.load.inventory.HostPatternParser;
import dev.runbook.load.inventory.Inventory;
import dev.runbook.load.inventory.InventoryLoader;
import dev.runbook.load.source.TextFile;
import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.step.StepCatalog;
import dev.runbook.yaml.Dialect;
import dev.runbook.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Loads a runbook with its inventories and values. A problem in one file hides none in another. */
public final class Loader {
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
                    Loader::position,
                    Comparator.comparing(Position::file)
                            .thenComparingInt(Position::line)
                            .thenComparingInt(Position::column))
            .thenComparing(Problem::severity);

    private static final List<String> PLAY_GROUPS = List.of("etcd", "kube_control_plane");

    private final StepCatalog catalog;

    public Loader(StepCatalog catalog) {
        this.catalog = catalog;
    }

    public Loaded load(Request request) {
        var attempt = attempt(request);
        return attempt.ok()
                .filter(ok -> attempt.problems().stream().noneMatch(Problem::isError))
                .<Loaded>map(ok -> ok)
                .orElseGet(() -> new Loaded.Failed(attempt.problems(), attempt.ok()));
    }

    /** As {@link #load}, but without a value for every input, to check a runbook before it is used. */
    public Checked check(Request request) {
        var attempt = attempt(request);
        var problems = attempt.problems().stream()
                .filter(problem -> !problem.code().equals(InputValues.MISSING))
                .toList();
        return new Checked(
                attempt.ok().filter(ok -> problems.stream().noneMatch(Problem::isError)),
                attempt.ok()
                        .map(ok -> ok.runbook().inputs().stream()
                                .filter(input ->
                                        input.required() && !ok.inputs().containsKey(input.name()))
                                .toList())
                        .orElse(List.of()),
                problems);
    }

    /**
     * Result of checking a runbook.
     *
     * @param loaded empty when there are errors; its inputs are those that have values
     * @param awaited inputs that need a value when it is used
     * @param problems warnings included
     */
    public record Checked(Optional<Loaded.Ok> loaded, List<InputDeclaration> awaited, List<Problem> problems) {
        public Checked {
            awaited = List.copyOf(awaited);
            problems = List.copyOf(problems);
        }
    }

    private record Attempt(Optional<Loaded.Ok> ok, List<Problem> problems) {}

    private Attempt attempt(Request request) {
        Set<Problem> found = new LinkedHashSet<>();
        var given = new GivenValues(request.values(), request.surroundings(), found::add);
        var read = runbook(request, given, found);
        Set<Problem> ofInventory = new LinkedHashSet<>();
        var inventory = inventory(request, given, ofInventory);
        found.addAll(ofInventory);
        var limit = request.limit().flatMap(text -> new HostPatternParser(found::add).parseCall(text));
        var known = !request.inventories().isEmpty() && isComplete(inventory, ofInventory);
        read.ifPresent(it -> cross(it, inventory, known, limit, request, found));
        List<Problem> problems = new ArrayList<>(found);
        problems.sort(BY_PLACE);
        return new Attempt(
                read.map(it -> new Loaded.Ok(it.runbook(), inventory, it.inputs(), limit, request.tags(), problems)),
                problems);
    }

    /** An inventory alone, for commands that need no runbook. */
    public static InventoryOnly inventory(Request request) {
        Set<Problem> found = new LinkedHashSet<>();
        var given = new GivenValues(request.values(), request.surroundings(), found::add);
        var inventory = inventory(request, given, found);
        List<Problem> problems = new ArrayList<>(found);
        problems.sort(BY_PLACE);
        return new InventoryOnly(inventory, problems);
    }

    /**
     * An inventory and the hosts that a pattern on the command line selects, for commands that need no runbook.
     *
     * @param pattern by default the groups {@code etcd} and {@code kube_control_plane}, and every host where neither exists
     */
    public static HostsOnly hosts(Request request, Optional<String> pattern) {
        var only = inventory(request);
        Set<Problem> found = new LinkedHashSet<>(only.problems());
        var groups = PLAY_GROUPS.stream()
                .filter(only.inventory().groups()::containsKey)
                .toList();
        var text = pattern.orElse(groups.isEmpty() ? "all" : String.join(":", groups));
        var wanted = new HostPatternParser(found::add).parseCall(text);
        if (wanted.isPresent() && isComplete(only.inventory(), found)) {
            new CrossChecks(found::add).hosts(wanted.get(), only.inventory());
        }
        var hosts = wanted.map(it -> it.select(only.inventory()).hosts()).orElse(List.of());
        return new HostsOnly(only.inventory(), hosts, List.copyOf(found));
    }

    /** The problems of the connections of hosts: warnings, and errors of those that cannot be reached as they are given. */
    public static List<Problem> connectionProblems(List<Host> hosts) {
        Set<Problem> found = new LinkedHashSet<>();
        hosts.forEach(host -> found.addAll(
                switch (host.reach()) {
                    case HostConnection.Usable(var connection, var warnings) -> warnings;
                    case HostConnection.Unusable(var reasons) -> reasons;
                }));
        return List.copyOf(found);
    }

    /** Hosts of an inventory, with the problems of the inventory and of the hosts' connections. */
    public record HostsOnly(Inventory inventory, List<Host> hosts, List<Problem> problems) {
        public HostsOnly {
            hosts = List.copyOf(hosts);
            problems = List.copyOf(problems);
        }
    }

    /** Inventories as far as they could be read, with their problems. */
    public record InventoryOnly(Inventory inventory, List<Problem> problems) {
        public InventoryOnly {
            problems = List.copyOf(problems);
        }
    }

    private Optional<RunbookReader.Read> runbook(Request request, GivenValues given, Set<Problem> found) {
        var path = request.surroundings().currentFolder().resolve(request.runbook());
        return switch (TextFile.read(path, request.runbook().toString())) {
            case TextFile.Unreadable(var problem) -> {
                found.add(problem);
                yield Optional.empty();
            }
            case TextFile.Text(var name, var content) -> {
                var document = YamlDocument.parse(name, content, Dialect.RUNBOOK);
                found.addAll(document.problems());
                var values = new InputValues(request.surroundings(), found::add);
                var reader = new RunbookReader(
                        catalog,
                        request.surroundings(),
                        (inputs, names) -> values.resolve(inputs, names, given.forInputs()),
                        found::add);
                yield document.root().flatMap(root -> reader.read(name, root));
            }
        };
    }

    private static Inventory inventory(Request request, GivenValues given, Set<Problem> found) {
        return new InventoryLoader(request.surroundings(), request.sudoPassword(), given.forHosts(), found::add)
                .load(request.inventories());
    }

    /** Where hosts are lost to another problem, every pattern would be one, and their cause is reported already. */
    private static boolean isComplete(Inventory inventory, Set<Problem> found) {
        return !inventory.hosts().isEmpty() || found.stream().noneMatch(Problem::isError);
    }

    private static void cross(
            RunbookReader.Read read,
            Inventory inventory,
            boolean knowsHosts,
            Optional<HostPattern> limit,
            Request request,
            Set<Problem> found) {
        var checks = new CrossChecks(found::add);
        if (knowsHosts) {
            checks.hosts(read, inventory, limit, request.tags());
        }
        if (found.stream().noneMatch(Problem::isError)) {
            checks.tags(read.runbook(), request.tags());
        }
    }

    /** Problems of the command line come first. */
    private static Position position(Problem problem) {
        return switch (problem.where()) {
            case Problem.Where.InText(var position) -> position;
            case Problem.Where.OnHost(var host, var step) -> new Position("", 1, 2, 1, "");
            case Problem.Where.InCall() -> new Position("", 1, 1, 1, "");
        };
    }
}
