package dev.runbook.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The name that was most likely meant. */
public final class DidYouMean {
    private DidYouMean() {}

    /** The nearest known name, if it is near enough to be more than a guess. */
    public static Optional<String> nearest(String written, Collection<String> known) {
        var tolerated = Math.max(1, Math.min(3, written.length() / 3));
        return known.stream()
                // Names that differ in their numbers only, such as cp1 and cp9, are different things and not slips.
                .filter(name -> !withoutDigits(name).equals(withoutDigits(written))
                        || fold(name).equals(fold(written)))
                .filter(name -> distance(fold(written), fold(name)) <= tolerated)
                .min(Comparator.<String>comparingInt(name -> distance(fold(written), fold(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** What to do about an unknown name: the nearest one, else all there are. */
    public static String hint(String written, Collection<String> known) {
        return nearest(written, known)
                .map(name -> "did you mean " + name + "?")
                .orElseGet(() -> known.isEmpty()
                        ? ""
                        : "known: "
                                + known.stream().sorted().limit(20).collect(Collectors.joining(", "))
                                + (known.size() > 20 ? ", ..." : ""));
    }

    private static String withoutDigits(String name) {
        return fold(name).replaceAll("[0-9]", "");
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Insertions, deletions, replacements and swaps of neighbours (Damerau-Levenshtein, each place edited once). */
    static int distance(String left, String right) {
        var rows = new int[left.length() + 1][right.length() + 1];
        for (var row = 0; row <= left.length(); row++) {
            rows[row][0] = row;
        }
        for (var column = 0; column <= right.length(); column++) {
            rows[0][column] = column;
        }
        for (var row = 1; row <= left.length(); row++) {
            for (var column = 1; column <= right.length(); column++) {
                var same = left.charAt(row - 1) == right.charAt(column - 1);
                var best = Math.min(
                        rows[row - 1][column - 1] + (same ? 0 : 1),
                        1 + Math.min(rows[row - 1][column], rows[row][column - 1]));
                var swapped = row > 1
                        && column > 1
                        && left.charAt(row - 1) == right.charAt(column - 2)
                        && left.charAt(row - 2) == right.charAt(column - 1);
                rows[row][column] = swapped ? Math.min(best, rows[row - 2][column - 2] + 1) : best;
            }
        }
        return rows[left.length()][right.length()];
    }
}
