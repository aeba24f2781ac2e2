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
    /** Counts up whenever a file of before could not be read as it is now. */
    public static final int VERSION = 1;

    private static final String TYPE = "facts";
    private static final JsonMapper MAPPER = RecordMapper.strict(List.of(LiveMember.class, MemberSource.class));

    private FactsFile() {}

    /** What a file's text comes to. */
    public sealed interface Read {
        /**
         * Facts.
         *
         * @param recordedAt when the hosts were looked at
         */
        record Facts(Instant recordedAt, ClusterFacts facts) implements Read {}

        record Bad(Problem problem) implements Read {}
    }

    /** The file; hosts stand in a list, since their order counts. */
    private record Document(
            String type, int version, Instant recordedAt, Map<String, List<String>> groups, List<HostFacts> hosts) {}

    /** What is read before anything else: whether the rest can be read at all. */
    private record Head(Optional<String> type, OptionalInt version) {}

    /** Facts with every secret masked. */
    public static ClusterFacts untainted(ClusterFacts facts) {
        return MaskedFacts.of(facts);
    }

    /** The text, which ends with a line end. Secrets are masked in it. */
    public static String write(ClusterFacts facts, Instant recordedAt) {
        return MAPPER.writeValueAsString(document(facts, recordedAt)) + "\n";
    }

    /** The same as one line, without its end. */
    public static String line(ClusterFacts facts, Instant recordedAt) {
        return MAPPER.writer()
                .without(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(document(facts, recordedAt));
    }

    private static Document document(ClusterFacts facts, Instant recordedAt) {
        var untainted = MaskedFacts.of(facts);
        return new Document(
                TYPE,
                VERSION,
                recordedAt,
                new TreeMap<>(untainted.groups()),
                List.copyOf(untainted.hosts().values()));
    }

    /**
     * Reads a text that {@link #write} made, or a person.
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
                return bad(
                        name, "is no facts file: it has the type " + head.type().orElse("of nothing we know"));
            }
            if (!head.version().equals(OptionalInt.of(VERSION))) {
                return bad(
                        name,
                        "has another version than " + VERSION + ", the one that is read here: "
                                + head.version().stream()
                                        .mapToObj(Integer::toString)
                                        .findFirst()
                                        .orElse("none"));
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
                "bad-facts", name + " " + why, "record them anew with `runbook facts -i INVENTORY -o " + name + "`"));
    }
}
