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

/** Events as lines: a checksum, a blank, JSON. A line whose checksum is wrong was torn by a crash. */
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
        var json = json(event);
        return checksum(json) + " " + json + "\n";
    }

    /**
     * Reads one line, without its end.
     *
     * @throws DamagedLine when the checksum or the JSON is wrong
     */
    static RunEvent decode(String line) throws DamagedLine {
        int blank = line.indexOf(' ');
        if (blank != 8 || !checksum(line.substring(9)).equals(line.substring(0, 8))) {
            throw new DamagedLine("its checksum does not match");
        }
        try {
            return MAPPER.readValue(line.substring(9), RunEvent.class);
        } catch (JacksonException e) {
            throw new DamagedLine("it was written by another version: " + e.getOriginalMessage());
        }
    }

    private static String checksum(String json) {
        var crc = new CRC32C();
        crc.update(json.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** A line that is no event. */
    static final class DamagedLine extends Exception {
        DamagedLine(String message) {
            super(message);
        }
    }
}
