package dev.runbook.etcd.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds nodes of a YAML tree by their keys. */
final class YamlPath {
    private YamlPath() {}

    /**
     * The value of a key of a mapping, with aliases resolved.
     *
     * @throws ConfigProblem when the key occurs twice, or the mapping has merged keys
     */
    static Optional<YamlNode> find(YamlNode node, String key) throws ConfigProblem {
        return findUnresolved(node, key).map(YamlNode::resolved);
    }

    /** The value of a key of a mapping, which may be an alias. */
    static Optional<YamlNode> findUnresolved(YamlNode node, String key) throws ConfigProblem {
        if (!(node.resolved() instanceof YamlNode.Mapping mapping)) {
            return Optional.empty();
        }
        List<YamlNode> found = new ArrayList<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            String name = text(entry.key()).orElse("");
            if (name.equals("<<")) {
                throw new ConfigProblem("line " + entry.key().place().line() + ": merged keys (<<) are not supported");
            }
            if (name.equals(key)) {
                found.add(entry.value());
            }
        }
        if (found.size() > 1) {
            throw new ConfigProblem("line " + found.get(1).place().line() + ": the key '" + key + "' occurs twice");
        }
        return found.stream().findFirst();
    }

    static Optional<YamlNode> find(YamlNode node, String key, String next) throws ConfigProblem {
        Optional<YamlNode> child = find(node, key);
        return child.isEmpty() ? child : find(child.get(), next);
    }

    static Optional<String> text(YamlNode node) {
        return node.resolved() instanceof YamlNode.Scalar scalar ? Optional.of(scalar.value()) : Optional.empty();
    }

    static String text(YamlNode node, String key) throws ConfigProblem {
        return find(node, key).flatMap(YamlPath::text).orElse("");
    }

    /** The items of a list, none when the key is missing. */
    static List<YamlNode> items(YamlNode node, String key) throws ConfigProblem {
        return find(node, key)
                .filter(YamlNode.Sequence.class::isInstance)
                .map(found -> ((YamlNode.Sequence) found).items())
                .orElse(List.of());
    }
}
