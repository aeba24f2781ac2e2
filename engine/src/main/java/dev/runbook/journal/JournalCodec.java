package dev.runbook.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.runbook.model.Action;
import dev.runbook.model.ActionResult;
import dev.runbook.model.EtcdTool;
import dev.runbook.model.Probe;
import dev.runbook.model.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.node.ObjectNode;

/** Events as lines: a checksum, a blank, JSON. A line whose checksum is wrong was torn by a crash. */
public final class JournalCodec {
    private static final List<Class<?>> FAMILIES = List.of(
            RunEvent.class,
            RunEvent.Cause.class,
            Action.class,
            Action.Effect.class,
            ActionResult.class,
            EtcdTool.class,
            Problem.Where.class,
            Probe.class);

    private static final JsonMapper MAPPER = mapper();

    private JournalCodec() {}

    /** The families are the model's own; how they look in JSON is the journal's business. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface ByKind {}

    private static JsonMapper mapper() {
        var builder = JsonMapper.builder()
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT));
        for (var family : FAMILIES) {
            builder.addMixIn(family, ByKind.class);
            leaves(family).forEach(leaf -> builder.registerSubtypes(new NamedType(leaf, leaf.getSimpleName())));
        }
        return builder.build();
    }

    private static List<Class<?>> leaves(Class<?> family) {
        var leaves = new ArrayList<Class<?>>();
        for (var permitted : family.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                leaves.addAll(leaves(permitted));
            } else {
                leaves.add(permitted);
            }
        }
        return leaves;
    }

    /** An event as one line of JSON, with its type in {@code kind}; no checksum, no line end. */
    public static String json(RunEvent event) {
        return MAPPER.writerFor(RunEvent.class).writeValueAsString(event);
    }

    /** A problem as one line of JSON, with {@code kind} Problem. */
    public static String json(Problem problem) {
        return MAPPER.writeValueAsString(MAPPER.<ObjectNode>valueToTree(problem).put("kind", "Problem"));
    }

    /** Any record of the model's families, such as a plan, as one line of JSON. */
    public static String jsonOf(Record value) {
        return MAPPER.writeValueAsString(value);
    }

    static String fingerprint(Record value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(jsonOf(value).getBytes(StandardCharsets.UTF_8)));
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
