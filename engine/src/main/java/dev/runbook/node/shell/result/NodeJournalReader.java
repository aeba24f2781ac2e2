package dev.runbook.node.shell.result;

import dev.runbook.node.Claim;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeRecord;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what journal.sh prints. A line that it does not understand is an error: it may be the one that counts. */
public final class NodeJournalReader {
    private final Map<String, String> fields = new HashMap<>();
    private final List<NodeRecord> records = new ArrayList<>();
    private final Map<Long, Integer> programs = new HashMap<>();

    private NodeJournalReader() {}

    /**
     * Reads all of it.
     *
     * @throws IllegalArgumentException naming the line
     */
    public static NodeJournal parse(String text) {
        var journals = new NodeJournalReader();
        text.lines().forEach(journals::line);
        return journals.readJournal();
    }

    private void line(String line) {
        try {
            var words = line.split(" ", 3);
            switch (words[0]) {
                case "record" -> record(Long.parseLong(words[1]), words[2]);
                case "program" -> programs.put(Long.parseLong(words[1]), Integer.parseInt(words[2]));
                default -> fields.put(words[0], line.substring(line.indexOf(' ') + 1));
            }
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("the node's journal has a line that is not understood: " + line, e);
        }
    }

    /** {@code done 3, started 4 MovePath}, or {@code note commit}. */
    private void record(long epoch, String items) {
        if (items.startsWith("note ")) {
            records.add(new NodeRecord(epoch, NodeRecord.Kind.NOTE, 0, items.substring("note ".length())));
            return;
        }
        for (var item : items.split(",", -1)) {
            var words = item.strip().split(" ", -1);
            if (!words[0].isEmpty()) {
                records.add(new NodeRecord(
                        epoch,
                        NodeRecord.Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
                        Long.parseLong(words[1]),
                        ""));
            }
        }
    }

    private NodeJournal readJournal() {
        var running = fields.get("running");
        return new NodeJournal(
                holder(),
                fields.containsKey("connected"),
                fields.containsKey("rebooted"),
                records,
                running == null || running.equals("-")
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseLong(running)),
                programs);
    }

    private Optional<Claim> holder() {
        return fields.containsKey("holder")
                ? Optional.of(holder(field("holder"), field("epoch"), field("owner"), field("since")))
                : Optional.empty();
    }

    private String field(String name) {
        return fields.getOrDefault(name, "");
    }

    public static Claim holder(String run, String epoch, String owner, String since) {
        return new Claim(run, Long.parseLong(epoch), owner, instant(since));
    }

    /** The lock is a file that may have been edited by hand; who holds it counts more than since when. */
    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
