package dev.runbook.recorded;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.MemberSource;
import dev.runbook.json.JsonErrors;
import dev.runbook.json.RecordMapper;
import dev.runbook.model.Problem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The text of a facts file: one JSON object with a type and a version. */
public final class FactsFile {
    /** Format version; raised whenever this version could not read files of the one before. */
    public static final int VERSION = 1;

    private static final String TYPE = "facts";
    private static final JsonMapper MAPPER = RecordMapper.strict(List.of(LiveMember.class, MemberSource.class));

    private FactsFile() {}

    /** Result of reading a file's text. */
    public sealed interface Read {
        /**
         * Facts.
         *
         * @param recordedAt when the facts were recorded
         */
        record Facts(Instant recordedAt, ClusterFacts facts) implements Read {}

        /** The text is no facts file, or one of another version. */
        record Bad(Problem problem) implements Read {}
    }

    /** The file; hosts are a list, because their order matters. */
    private record Document(
            String type, int version, Instant recordedAt, Map<String, List<String>> groups, List<HostFacts> hosts) {}

    /** Type and version, read first, because they decide whether the rest can be read. */
    private record Head(Optional<String> type, OptionalInt version) {}

    /** Facts with every secret masked. */
    public static ClusterFacts masked(ClusterFacts facts) {
        return MaskedFacts.of(facts);
    }

    /** The text, which ends with a line end. Secrets are masked in it. */
    public static String write(ClusterFacts facts, Instant recordedAt) {
        return MAPPER.writeValueAsString(document(facts, recordedAt)) + "\n";
    }

    /** The text as one line, without a line end. */
    public static String line(ClusterFacts facts, Instant recordedAt) {
        return MAPPER.writer()
                .without(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(document(facts, recordedAt));
    }

    private static Document document(ClusterFacts facts, Instant recordedAt) {
        var masked = MaskedFacts.of(facts);
        return new Document(
                TYPE,
                VERSION,
                recordedAt,
                new TreeMap<>(masked.groups()),
                List.copyOf(masked.hosts().values()));
    }

    /**
     * Reads a text from {@link #write}, or from a text editor.
     *
     * @param name of the file, for the problem
     */
    public static Read read(String name, String text) {
        try {
            var head = MAPPER.rebuild()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(text, Head.class);
            if (!head.type().equals(Optional.of(TYPE))) {
                return bad(name, "is no facts file: its type is " + head.type().orElse("missing"));
            }
            if (!head.version().equals(OptionalInt.of(VERSION))) {
                return bad(
                        name,
                        "has format version "
                                + head.version().stream()
                                        .mapToObj(Integer::toString)
                                        .findFirst()
                                        .orElse("none")
                                + ", but this runbook reads version " + VERSION);
            }
            var document = MAPPER.readValue(text, Document.class);
            return new Read.Facts(document.recordedAt(), new ClusterFacts(byName(document.hosts()), document.groups()));
        } catch (JacksonException e) {
            return bad(name, "is no facts file: " + JsonErrors.describe(e));
        }
    }

    private static SequencedMap<String, HostFacts> byName(List<HostFacts> hosts) {
        var byName = new LinkedHashMap<String, HostFacts>();
        hosts.forEach(host -> byName.put(host.host(), host));
        return byName;
    }

    private static Read bad(String name, String why) {
        return new Read.Bad(Problem.ofCall(
                "bad-facts",
                name + " " + why,
                "record the facts again with `runbook facts -i INVENTORY -o " + name + "`"));
    }
}
