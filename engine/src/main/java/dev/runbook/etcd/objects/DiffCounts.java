package dev.runbook.etcd.objects;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts changes by resource and namespace. */
public final class DiffCounts implements Consumer<KeyChange> {
    /** A line of the summary. */
    public record Place(String resource, String namespace) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return Comparator.comparing(Place::resource)
                    .thenComparing(Place::namespace)
                    .compare(this, other);
        }
    }

    private final SortedMap<Place, Map<KeyChange.Effect, Long>> counts = new TreeMap<>();

    @Override
    public void accept(KeyChange change) {
        ObjectKey object = change.object();
        counts.computeIfAbsent(
                        new Place(object.resource(), object.namespace()), _ -> new EnumMap<>(KeyChange.Effect.class))
                .merge(change.effect(), 1L, Long::sum);
    }

    public SortedMap<Place, Map<KeyChange.Effect, Long>> byPlace() {
        return counts;
    }

    public long total(KeyChange.Effect effect) {
        return counts.values().stream()
                .mapToLong(effects -> effects.getOrDefault(effect, 0L))
                .sum();
    }
}
