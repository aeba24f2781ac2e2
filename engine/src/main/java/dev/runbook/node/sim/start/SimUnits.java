package dev.runbook.node.sim.start;

import static java.util.stream.Collectors.joining;

import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.etcd.config.SystemdUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The units of a simulated node as systemd has read them: those of the seed, and the drop-ins that were written since. The seed's
 * properties hold what its own drop-ins say, so one that comes after a new drop-in overrides it.
 */
public final class SimUnits {
    private static final Pattern HOLD = Pattern.compile("(?m)^ConditionPathExists=!(/.*)$");
    private static final Comparator<String> BY_NAME =
            Comparator.comparing(path -> path.substring(path.lastIndexOf('/') + 1));

    private final Map<String, Map<String, String>> seeded;
    private final Map<String, Map<String, String>> read = new HashMap<>();
    private final Map<String, Set<String>> held = new HashMap<>();

    /** @param seeded properties by unit, as {@code systemctl show} prints them */
    public SimUnits(Map<String, Map<String, String>> seeded) {
        this.seeded = Map.copyOf(seeded);
        read.putAll(seeded);
    }

    /**
     * Whether a condition keeps it from starting.
     *
     * @param present whether a path is there now
     */
    public boolean isHeld(String unit, Predicate<String> present) {
        return held.getOrDefault(unit, Set.of()).stream().anyMatch(present);
    }

    /** What {@code systemctl show} prints of a unit; empty for one that is not there. */
    public Optional<Map<String, String>> properties(String unit) {
        return Optional.ofNullable(read.get(unit));
    }

    /**
     * What {@code systemctl daemon-reload} does.
     *
     * @param paths of all files of the node
     * @param content of a file
     */
    public void reload(Set<String> paths, Function<String, Optional<String>> content) {
        for (var unit : seeded.keySet()) {
            var folder = "/etc/systemd/system/" + unit + ".d/";
            var before = Optional.ofNullable(seeded.get(unit)).orElseThrow();
            var own = Arrays.asList(before.getOrDefault("DropInPaths", "").split("\\s+"));
            var dropIns = new ArrayList<>(paths.stream()
                    .filter(path -> path.startsWith(folder) && path.endsWith(".conf"))
                    .toList());
            own.stream()
                    .filter(path -> !path.isEmpty() && !dropIns.contains(path))
                    .forEach(dropIns::add);
            dropIns.sort(BY_NAME);
            var properties = new LinkedHashMap<>(before);
            var holds = new HashSet<String>();
            for (var path : dropIns) {
                // What the seed's own drop-ins say is in its properties.
                var text = own.contains(path) ? Optional.<String>empty() : content.apply(path);
                if (text.isPresent()) {
                    HOLD.matcher(text.get())
                            .results()
                            .map(found -> found.group(1))
                            .forEach(holds::add);
                    add(properties, text.get());
                } else {
                    holds.clear();
                    properties = new LinkedHashMap<>(before);
                }
            }
            if (!dropIns.isEmpty()) {
                properties.put("DropInPaths", String.join(" ", dropIns));
            }
            read.put(unit, properties);
            held.put(unit, holds);
        }
    }

    private static void add(Map<String, String> properties, String text) {
        try {
            var before = SystemdUnit.parseShow(shown(properties));
            var after = before.withDropIn(text);
            if (!after.command().equals(before.command())) {
                var path = after.command().getFirst().value();
                properties.put(
                        "ExecStart",
                        "{ path=" + path + " ; argv[]=" + after.shownCommand()
                                + " ; ignore_errors=no ; start_time=[n/a] ; stop_time=[n/a] ; pid=0 ; code=(null) ;"
                                + " status=0/0 }");
            }
            if (!after.environment().equals(before.environment())) {
                properties.put(
                        "Environment",
                        after.environment().entrySet().stream()
                                .map(variable -> variable.getValue().contains(" ")
                                        ? "\"" + variable.getKey() + "=" + variable.getValue() + "\""
                                        : variable.getKey() + "=" + variable.getValue())
                                .collect(joining(" ")));
            }
        } catch (ConfigProblem notOfAProgram) {
            // A unit of which only the name is known, such as a kubelet's: no drop-in changes what it starts.
        }
    }

    /** As {@code systemctl show} prints them. */
    static String shown(Map<String, String> properties) {
        List<String> lines = new ArrayList<>();
        properties.forEach((name, value) -> value.lines().forEach(line -> lines.add(name + "=" + line)));
        return String.join("\n", lines);
    }
}
