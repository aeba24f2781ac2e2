package dev.runbook.steps.shared;

import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.facts.UnitFacts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Names of drop-ins that take effect after all others of a unit. systemd reads the drop-ins of all folders in the order of
 * their file names, and the last setting of a kind wins (systemd: man systemd.unit).
 */
final class DropInName {
    private static final List<String> LAST = List.of("zz-", "zzz-");
    private static final Comparator<String> BY_NAME = Comparator.comparing(RunFolder::name);

    private DropInName() {}

    /**
     * The path of a drop-in that the unit does not have yet.
     *
     * @param usual prefix of its name where that takes effect, such as {@code 80-}
     * @param name the rest of its name
     * @throws ConfigProblem when another drop-in would override it under every name
     */
    static String path(UnitFacts unit, String usual, String name) throws ConfigProblem {
        var others = others(unit, name);
        var last = others.stream().max(BY_NAME);
        for (var prefix : List.of(usual, LAST.getFirst(), LAST.getLast())) {
            var path = unit.dropInFolder() + "/" + prefix + name;
            if (last.isEmpty() || BY_NAME.compare(path, last.get()) > 0) {
                return path;
            }
        }
        throw new ConfigProblem(
                last.orElseThrow() + " would override every drop-in of this run, because systemd reads it after them",
                "rename it, so that its name begins with a digit, run `systemctl daemon-reload` there, and plan"
                        + " again");
    }

    /** Drop-ins that systemd has read, but for one of this very name. */
    private static List<String> others(UnitFacts unit, String name) {
        return Arrays.stream(Optional.ofNullable(unit.properties().get("DropInPaths"))
                        .orElse("")
                        .split("\\s+"))
                .filter(path -> path.endsWith(".conf") && !path.endsWith(name))
                .toList();
    }
}
