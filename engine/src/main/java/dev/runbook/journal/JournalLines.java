package dev.runbook.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of a journal, line by line.
 *
 * @param events of the lines that are whole
 * @param wholeBytes how many bytes they are: all, but for a last line that a crash tore
 * @param damaged what is wrong with a line, after its number; a last line that a crash tore is not wrong
 */
record JournalLines(List<RunEvent> events, long wholeBytes, Optional<String> damaged) {
    JournalLines {
        events = List.copyOf(events);
    }

    static JournalLines of(byte[] bytes) {
        var events = new ArrayList<RunEvent>();
        int begin = 0;
        for (int end = lineEnd(bytes, begin); end >= 0; end = lineEnd(bytes, begin)) {
            try {
                events.add(JournalCodec.decode(new String(bytes, begin, end - begin, StandardCharsets.UTF_8)));
            } catch (JournalCodec.OtherFormat e) {
                // Its checksum is right, so no crash tore it: also as the last line it counts.
                return new JournalLines(events, begin, Optional.of((events.size() + 1) + ": " + e.getMessage()));
            } catch (JournalCodec.DamagedLine e) {
                boolean last = end + 1 == bytes.length;
                return new JournalLines(
                        events,
                        begin,
                        last
                                ? Optional.empty()
                                : Optional.of(
                                        (events.size() + 1) + ": this journal line is damaged: " + e.getMessage()));
            }
            begin = end + 1;
        }
        // An event counts only with its line end, which is written last.
        return new JournalLines(events, begin, Optional.empty());
    }

    private static int lineEnd(byte[] bytes, int from) {
        for (int index = from; index < bytes.length; index++) {
            if (bytes[index] == '\n') {
                return index;
            }
        }
        return -1;
    }
}
