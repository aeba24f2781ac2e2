package dev.runbook.etcd.objects;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts changes by resource and namespace. */
public final class DiffCounts implements Consumer<KeyChange> {
    /** A resource in a namespace: a row of the summary. */
    public record NamespacedResource(String resource, String namespace) implements Comparable<NamespacedResource> {
        @Override
        public int compareTo(NamespacedResource other) {
            return Comparator.comparing(NamespacedResource::resource)
                    .thenComparing(NamespacedResource::namespace)
                    .compare(this, other);
        }
    }

    private final SortedMap<NamespacedResource, Map<KeyChange.Effect, Long>> counts = new TreeMap<>();

    @Override
    public void accept(KeyChange change) {
        ObjectKey object = change.object();
        counts.computeIfAbsent(
                        new NamespacedResource(object.resource(), object.namespace()),
                        _ -> new EnumMap<>(KeyChange.Effect.class))
                .merge(change.effect(), 1L, Long::sum);
    }

    public SortedMap<NamespacedResource, Map<KeyChange.Effect, Long>> byResource() {
        return counts;
    }

    public long total(KeyChange.Effect effect) {
        return counts.values().stream()
                .mapToLong(effects -> effects.getOrDefault(effect, 0L))
                .sum();
    }
}
