package dev.runbook.load.inventory;

import dev.runbook.model.DidYouMean;
import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Entry;
import dev.runbook.yaml.YamlValue.Mapping;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Sequence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Adds an inventory in Ansible's YAML format to a draft: groups at the top, each with hosts, children and vars. */
final class YamlInventory {
    private static final List<String> KEYS = List.of("hosts", "children", "vars");

    private final InventoryDraft draft;
    private final Consumer<Problem> problems;

    YamlInventory(InventoryDraft draft, Consumer<Problem> problems) {
        this.draft = draft;
        this.problems = problems;
    }

    void read(YamlValue root) {
        if (!(root instanceof Mapping top)) {
            var empty = root instanceof Scalar scalar && scalar.isNull();
            problems.accept(Problem.at(
                    root.position(),
                    "inventory-shape",
                    empty
                            ? "the inventory is empty"
                            : "an inventory is a mapping of groups, but this is " + root.described(),
                    "begin with all:, and hosts: below it"));
            return;
        }
        var plugin = top.find("plugin");
        if (plugin.isPresent()) {
            problems.accept(Problem.at(
                    plugin.get().key().position(),
                    "inventory-plugin",
                    "this file configures an inventory plugin of Ansible, which is not supported",
                    "convert it to YAML, and give that: ansible-inventory -i "
                            + root.position().file() + " --list --yaml --output hosts.yml"));
            return;
        }
        top.entries().forEach(this::group);
    }

    private void group(Entry entry) {
        var group = draft.group(entry.name());
        body(entry).ifPresent(body -> {
            group.defined = true;
            for (var part : body.entries()) {
                switch (part.name()) {
                    case "hosts" -> hosts(entry.name(), part);
                    case "children" -> children(group, part);
                    case "vars" -> body(part).ifPresent(vars -> put(vars, group.vars));
                    default -> unknown(part, entry.name());
                }
            }
        });
    }

    private void hosts(String group, Entry part) {
        if (part.value() instanceof Scalar single && single.kind() == YamlValue.Kind.STRING) {
            expand(single).forEach(host -> draft.addHost(group, host));
            return;
        }
        body(part).ifPresent(hosts -> {
            for (var host : hosts.entries()) {
                var vars = body(host);
                for (var name : expand(host.key())) {
                    draft.addHost(group, name);
                    vars.ifPresent(given -> put(given, draft.hostVars(name)));
                }
            }
        });
    }

    private void children(InventoryDraft.GroupDraft group, Entry part) {
        body(part).ifPresent(children -> {
            for (var child : children.entries()) {
                group.children.putIfAbsent(child.name(), child.key().position());
                group(child);
            }
        });
    }

    private List<String> expand(Scalar name) {
        try {
            return HostRange.expand(name.text());
        } catch (IllegalArgumentException range) {
            problems.accept(Problem.at(
                    name.position(),
                    "host-range",
                    String.valueOf(range.getMessage()),
                    "write a range as [1:3] or [a:c]"));
            return List.of();
        }
    }

    /** The mapping below a key; empty is allowed, and any other value a problem. */
    private Optional<Mapping> body(Entry entry) {
        switch (entry.value()) {
            case Mapping mapping -> {
                return Optional.of(mapping);
            }
            case Scalar scalar when scalar.isNull() -> {}
            case Scalar scalar -> shape(entry, scalar);
            case Sequence sequence -> shape(entry, sequence);
        }
        return Optional.empty();
    }

    private void shape(Entry entry, YamlValue value) {
        problems.accept(Problem.at(
                value.position(),
                "inventory-shape",
                "a mapping is expected below " + entry.name() + ", but this is " + value.described(),
                value instanceof Sequence ? "write each name with a colon instead of a dash, as in cp1:" : ""));
    }

    /** Ansible only warns of an unknown key. A misspelt key would lose hosts, so it is an error here. */
    private void unknown(Entry part, String group) {
        var problem = Problem.at(
                part.key().position(),
                "unknown-field",
                "the group " + group + " has a key \"" + part.name() + "\", which has no meaning there",
                DidYouMean.hint(part.name(), KEYS));
        problems.accept(DidYouMean.nearest(part.name(), KEYS).isPresent() ? problem : problem.asWarning());
    }

    static void put(Mapping given, Map<String, YamlValue> vars) {
        given.entries().forEach(entry -> vars.put(entry.name(), entry.value()));
    }
}
