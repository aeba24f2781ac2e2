package dev.runbook.journal;

import dev.runbook.json.RecordMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Events as lines: a checksum, a blank, JSON. A last line whose checksum is wrong was torn by a crash. */
public final class JournalCodec {
    private static final JsonMapper MAPPER = RecordMapper.of(List.of(RunEvent.class, RunEvent.Cause.class));

    private JournalCodec() {}

    private static String json(RunEvent event) {
        return MAPPER.writerFor(RunEvent.class).writeValueAsString(event);
    }

    static String fingerprint(Record value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var json = MAPPER.writeValueAsString(value);
            return HexFormat.of().formatHex(digest.digest(json.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String encode(RunEvent event) {
        return withChecksum(json(event));
    }

    static String withChecksum(String json) {
        return checksum(json) + " " + json + "\n";
    }

    /**
     * Reads one line, without its end.
     *
     * @throws DamagedLine when the checksum is wrong
     * @throws OtherFormat when the line is whole, and another version of this program wrote it
     */
    static RunEvent decode(String line) throws DamagedLine, OtherFormat {
        int blank = line.indexOf(' ');
        if (blank != 8 || !checksum(line.substring(9)).equals(line.substring(0, 8))) {
            throw new DamagedLine("its checksum does not match");
        }
        try {
            var event = MAPPER.readValue(line.substring(9), RunEvent.class);
            if (event instanceof RunEvent.RunBegan began && began.format() != RunEvent.FORMAT) {
                // Format 1 stated none.
                throw new OtherFormat("has format " + Math.max(1, began.format()));
            }
            return event;
        } catch (JacksonException e) {
            throw new OtherFormat("has a record of another format (" + e.getOriginalMessage() + ")");
        }
    }

    private static String checksum(String json) {
        var crc = new CRC32C();
        crc.update(json.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** A line that another version of this program wrote. */
    static final class OtherFormat extends Exception {
        OtherFormat(String what) {
            super("the journal " + what + ", and this version of runbook reads format " + RunEvent.FORMAT
                    + ": end the run, by resume or rollback, with the version of runbook that began it");
        }
    }

    /** A line that is no event. */
    static final class DamagedLine extends Exception {
        DamagedLine(String message) {
            super(message);
        }
    }
}
