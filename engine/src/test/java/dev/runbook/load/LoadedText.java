package dev.runbook.load;

import dev.runbook.load.expression.Bound;
import dev.runbook.load.expression.Scope;
import dev.runbook.load.inventory.Host;
import dev.runbook.load.inventory.HostConnection;
import dev.runbook.load.inventory.Inventory;
import dev.runbook.report.ProblemText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Formats a loaded runbook for golden files. */
final class LoadedText {
    private final StringBuilder text = new StringBuilder();

    static String of(Loaded loaded) {
        return switch (loaded) {
            case Loaded.Failed(var problems, var _) -> ProblemText.of(problems, false);
            case Loaded.Ok ok -> new LoadedText().ok(ok);
        };
    }

    static String of(Loader.InventoryOnly loaded) {
        var all = new LoadedText();
        all.text.append(ProblemText.of(loaded.problems(), false));
        all.inventory(loaded.inventory(), true);
        return all.text.toString();
    }

    private String ok(Loaded.Ok ok) {
        line(0, "runbook: " + ok.runbook().name());
        new TreeMap<>(ok.inputs()).forEach((name, value) -> line(0, "input " + name + " = " + value));
        Map<String, Map<String, Object>> outputs = new HashMap<>();
        for (var step : ok.steps()) {
            line(0, step.index() + " " + step.name());
            line(
                    1,
                    "hosts " + step.hosts().text() + " -> "
                            + ok.hostsOf(step).stream().map(Host::name).toList());
            step.id().ifPresent(id -> line(1, "id " + id));
            step.timeout().ifPresent(timeout -> line(1, "timeout " + timeout));
            line(1, "on failure " + step.onFailure() + (step.runOnce() ? ", once" : "") + ", tags " + step.tags());
            for (var host : ok.hostsOf(step)) {
                on(host, step, new Scope(host, ok.inputs(), outputs, "r1"));
            }
            // Outputs that a plan would give, so that later steps can be bound.
            step.id()
                    .ifPresent(id ->
                            outputs.put(id, Map.of("folder", "/var/lib/etcd-" + id, "revision", 42L, "changed", true)));
        }
        inventory(ok.inventory(), false);
        if (!ok.warnings().isEmpty()) {
            text.append('\n').append(ProblemText.of(ok.warnings(), false));
        }
        return text.toString();
    }

    private void on(Host host, Step step, Scope scope) {
        var holds = step.when().map(condition -> condition.holds(scope)).orElse(new Bound.Ok<>(true));
        var shown = switch (holds) {
            case Bound.Ok<Boolean>(var value)
            when !value -> "skipped: " + step.when().orElseThrow().text();
            case Bound.Ok<Boolean>(var value) -> bound(step.call().bind(scope));
            case Bound.Failed<Boolean>(var problems) -> "\n" + ProblemText.of(problems, false);
        };
        line(1, host.name() + ": " + shown);
    }

    private static String bound(Bound<? extends Record> bound) {
        return switch (bound) {
            case Bound.Ok(var value) -> value.toString();
            case Bound.Failed(var problems) -> "\n" + ProblemText.of(problems, false);
        };
    }

    private void inventory(Inventory inventory, boolean withVariables) {
        inventory.groups().values().stream()
                .filter(group -> !group.hosts().isEmpty())
                .forEach(group -> line(0, "group " + group.name() + " = " + group.hosts()));
        for (var host : inventory.hosts()) {
            line(0, "host " + host.name() + " in " + host.groups());
            switch (host.reach()) {
                case HostConnection.Usable(var connection, var warnings) -> {
                    line(1, connection.toString());
                    text.append(withVariables ? ProblemText.of(warnings, false) : "");
                }
                case HostConnection.Unusable(var problems) -> text.append(ProblemText.of(problems, false));
            }
            if (withVariables) {
                host.vars().forEach((name, value) -> line(1, name + " = " + Optional.ofNullable(value.plain())));
            }
        }
    }

    private void line(int depth, String line) {
        text.append("  ".repeat(depth)).append(line).append('\n');
    }
}
