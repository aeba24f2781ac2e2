package dev.runbook.steps.restore;

import dev.runbook.facts.ClusterFacts;
import java.util.OptionalLong;

/**
 * Number of revisions that a restore adds. Clients resume their watches at revisions of the old cluster; the restored one
 * must start above the highest revision that any client can have seen, or clients miss events without an error.
 */
public sealed interface Bump {
    /** Margin for writes between the survey of the members and their stop. */
    long MARGIN = 1_000_000;

    /** Margin where a member that is configured does not answer: it may have been ahead of those that do. */
    long MARGIN_WITH_A_SILENT_MEMBER = 100_000_000;

    /** Used where no member answers: the value that etcd's documentation recommends. */
    long WITHOUT_A_LIVE_MEMBER = 1_000_000_000;

    /** Computed from the members' revisions. */
    record Automatic() implements Bump {}

    record None() implements Bump {}

    record Exactly(long revisions) implements Bump {
        public Exactly {
            if (revisions < 1) {
                throw new IllegalArgumentException("bump is auto, none or a number from 1 up, not " + revisions);
            }
        }
    }

    static Bump parse(String text) {
        return switch (text) {
            case "auto" -> new Automatic();
            case "none" -> new None();
            default -> {
                try {
                    yield new Exactly(Long.parseLong(text));
                } catch (NumberFormatException _) {
                    throw new IllegalArgumentException("bump is auto, none or a number from 1 up, not " + text);
                }
            }
        };
    }

    /** Whether the highest revision of the members is not known for sure, because not all of them answer. */
    static boolean isUnsure(ClusterFacts cluster) {
        return cluster.highestRevision().isPresent()
                && cluster.answers().count() < cluster.members().size();
    }

    private static long margin(ClusterFacts cluster) {
        return isUnsure(cluster) ? MARGIN_WITH_A_SILENT_MEMBER : MARGIN;
    }

    /** The number for {@code --bump-revision}. */
    default OptionalLong amount(ClusterFacts cluster, long snapshotRevision) {
        return switch (this) {
            case None() -> OptionalLong.empty();
            case Exactly(var revisions) -> OptionalLong.of(revisions);
            case Automatic() -> {
                var highest = cluster.highestRevision();
                yield OptionalLong.of(
                        highest.isPresent()
                                ? Math.max(0, highest.getAsLong() - snapshotRevision) + margin(cluster)
                                : WITHOUT_A_LIVE_MEMBER);
            }
        };
    }
}
