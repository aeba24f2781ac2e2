package dev.runbook.cli.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import tools.jackson.databind.json.JsonMapper;

/**
 * All keys of a cluster as etcdctl lists them, without code of this program.
 *
 * @param revisions of the last change, by key
 */
public record KeyDump(Map<String, Long> revisions) {
    public static KeyDump of(ControlPlane controlPlane) {
        var fleet = controlPlane.fleet();
        var json = fleet.etcdctl(fleet.nodes().getFirst(), "get", "/registry/", "--prefix", "-w", "json")
                .require("list the keys");
        Map<String, Long> revisions = new TreeMap<>();
        var entries = JsonMapper.shared().readTree(json).path("kvs");
        StreamSupport.stream(entries.spliterator(), false)
                .forEach(entry -> revisions.put(
                        new String(Base64.getDecoder().decode(entry.path("key").asString()), UTF_8),
                        entry.path("mod_revision").asLong()));
        return new KeyDump(revisions);
    }

    /** The change of every key that differs. */
    public Map<String, String> changesTo(KeyDump later) {
        Map<String, String> changes = new TreeMap<>();
        collect(changes, "deleted", key -> !later.revisions.containsKey(key), later);
        collect(changes, "restored", key -> !revisions.containsKey(key), later);
        collect(changes, "reverted", key -> !Objects.equals(revisions.get(key), later.revisions.get(key)), later);
        return changes;
    }

    private void collect(Map<String, String> changes, String change, Predicate<String> condition, KeyDump later) {
        var keys = new TreeSet<>(revisions.keySet());
        keys.addAll(later.revisions.keySet());
        keys.removeAll(changes.keySet());
        keys.stream().filter(condition).forEach(key -> changes.put(key, change));
    }
}
