package dev.runbook.etcd.config.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The flags of etcd's server, release by release. A flag that a release does not have ends it at its start. */
public final class EtcdFlags {
    private static final int FIRST_MINOR = 4;
    private static final int LAST_MINOR = 7;
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");
    private static final Map<String, Flag> FLAGS = read();

    private EtcdFlags() {}

    /**
     * One flag.
     *
     * @param kind {@code bool}, {@code value}, or {@code ignored}, which is like a boolean of which the value is not read
     * @param since first patch by minor
     */
    private record Flag(String kind, Map<Integer, Integer> since) {}

    /** Whether some release has it. */
    public static boolean isKnown(String name) {
        return FLAGS.containsKey(name);
    }

    /** Whether it must be true or false. */
    public static boolean isBoolean(String name) {
        return isOfKind(name, "bool");
    }

    /** Whether {@code --name} may stand alone, so that the word after it is not its value. */
    public static boolean standsAlone(String name) {
        return isKnown(name) && !takesValue(name);
    }

    /** Whether a word must follow {@code --name}. */
    public static boolean takesValue(String name) {
        return isOfKind(name, "value");
    }

    private static boolean isOfKind(String name, String kind) {
        var flag = FLAGS.get(name);
        return flag != null && flag.kind().equals(kind);
    }

    /** A boolean as Go spells it, {@code true} or {@code false}; empty for what is none. */
    public static Optional<String> bool(String value) {
        return TRUE.contains(value)
                ? Optional.of("true")
                : FALSE.contains(value) ? Optional.of("false") : Optional.empty();
    }

    /**
     * Why a release does not start with a flag; empty when it has it, or is not in the table.
     *
     * @param name without dashes
     */
    public static Optional<String> missing(String name, EtcdRelease release) {
        if (release.minor() < FIRST_MINOR || release.minor() > LAST_MINOR) {
            return Optional.empty();
        }
        var flag = FLAGS.get(name);
        if (flag == null) {
            return Optional.of("etcd " + release + " has no flag --" + name + ", and does not start with it");
        }
        var since = flag.since().get(release.minor());
        if (since == null) {
            var others = flag.since().keySet().stream()
                    .sorted()
                    .map(minor -> "3." + minor)
                    .toList();
            return Optional.of("etcd " + release + " does not start with --" + name + ", which only etcd "
                    + String.join(", ", others) + (others.size() == 1 ? " has" : " have"));
        }
        return release.patch() >= 0 && release.patch() < since
                ? Optional.of("etcd " + release + " does not start with --" + name + ", which came with 3."
                        + release.minor() + "." + since)
                : Optional.empty();
    }

    private static Map<String, Flag> read() {
        try (InputStream table = Objects.requireNonNull(EtcdFlags.class.getResourceAsStream("flags.txt"))) {
            var flags = new HashMap<String, Flag>();
            new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(" ", -1)))
                    .forEach(words -> flags.put(
                            words.getFirst(),
                            new Flag(words.get(1), since(words.stream().skip(2)))));
            return Map.copyOf(flags);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Integer, Integer> since(Stream<String> releases) {
        var since = new HashMap<Integer, Integer>();
        releases.map(text -> EtcdRelease.find(text).orElseThrow())
                .forEach(release -> since.put(release.minor(), Math.max(0, release.patch())));
        return Map.copyOf(since);
    }
}
