package dev.runbook.saved;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.FileFacts;
import dev.runbook.facts.Fingerprint;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.MemberSource;
import dev.runbook.journal.RunEvent;
import dev.runbook.json.JsonErrors;
import dev.runbook.json.RecordMapper;
import dev.runbook.model.Problem;
import dev.runbook.model.Question;
import dev.runbook.plan.HostPlan;
import dev.runbook.plan.Plan;
import dev.runbook.plan.PlannedStep;
import dev.runbook.step.RunIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The text of a saved plan: one JSON object with a type, a version, and a checksum over the rest, which detects a truncated or
 * edited file. The checksum does not authenticate: like a runbook, the file is only as trustworthy as the users who may
 * write it.
 */
public final class SavedPlanFile {
    /** Format version; raised whenever this version could not apply files of the one before. */
    public static final int VERSION = 2;

    private static final String TYPE = "saved-plan";
    private static final Pattern BEGIN = Pattern.compile("\\s*\\{\\s*\"type\"\\s*:\\s*\"" + TYPE + "\"");
    private static final JsonMapper MAPPER = RecordMapper.strict(List.of(LiveMember.class, MemberSource.class));

    private SavedPlanFile() {}

    /** Result of reading a file's text. */
    public sealed interface Read {
        record Good(SavedPlan saved) implements Read {}

        /** The text is no saved plan, one of another version, or damaged. */
        record Bad(Problem problem) implements Read {}
    }

    private record Document(String type, int version, String sha256, Content plan) {}

    /** The part that the checksum covers. Hosts are lists, because their order matters. */
    private record Content(
            RunIdentity run,
            String runbook,
            RunEvent.Call call,
            List<Step> steps,
            Map<String, List<String>> groups,
            List<Host> hosts,
            SortedMap<String, String> inventory,
            List<Problem> warnings) {}

    private record Step(
            int index,
            String name,
            String type,
            boolean commits,
            boolean rollsBack,
            Optional<Question> question,
            List<OnHost> hosts) {}

    private record OnHost(String host, HostPlan plan) {}

    private record Host(HostFacts facts, SortedMap<String, String> fingerprint) {}

    /** Whether a text begins like a saved plan, complete or not; a runbook never does. */
    public static boolean isSavedPlan(String text) {
        return BEGIN.matcher(text).lookingAt();
    }

    /** The text, which ends with a line end. It contains contents of files, so only its owner may read the file. */
    public static String write(SavedPlan saved) {
        var content = content(saved);
        var document = new Document(TYPE, VERSION, checksum(MAPPER.valueToTree(content)), content);
        return MAPPER.writeValueAsString(document) + "\n";
    }

    /**
     * Reads a text from {@link #write}.
     *
     * @param name of the file, for the problem
     */
    public static Read read(String name, String text) {
        try {
            var document = MAPPER.readTree(text);
            var version = document.path("version");
            if (!document.path("type").asString("").equals(TYPE)) {
                return bad(name, "is no saved plan");
            }
            if (!version.isInt() || version.asInt() != VERSION) {
                return otherVersion(name, version);
            }
            if (!checksum(document.path("plan")).equals(document.path("sha256").asString(""))) {
                return bad(name, "was edited after it was saved: its checksum does not match");
            }
            return new Read.Good(
                    saved(MAPPER.treeToValue(document, Document.class).plan()));
        } catch (JacksonException e) {
            return bad(name, "is truncated or damaged: " + JsonErrors.describe(e));
        }
    }

    private static Read otherVersion(String name, JsonNode version) {
        var format = version.isMissingNode() ? "no format version" : "format " + version;
        return bad(name, "was saved by another version of runbook (" + format + "; this one reads " + VERSION + ")");
    }

    private static Read bad(String name, String why) {
        return new Read.Bad(Problem.ofCall(
                "bad-plan", name + " " + why, "make the plan again with `runbook plan RUNBOOK -i INVENTORY -o FILE`"));
    }

    /** SHA-256 of the content without white space, so that formatting makes no difference. */
    private static String checksum(JsonNode content) {
        return FileFacts.sha256(
                MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(content));
    }

    private static Content content(SavedPlan saved) {
        var plan = saved.plan();
        var hosts = new ArrayList<Host>();
        saved.fingerprints()
                .forEach((host, print) -> hosts.add(new Host(plan.facts().of(host), print.parts())));
        return new Content(
                plan.run(),
                plan.runbook(),
                saved.call(),
                plan.steps().stream().map(SavedPlanFile::step).toList(),
                plan.facts().groups(),
                hosts,
                saved.inventory(),
                plan.warnings());
    }

    private static Step step(PlannedStep step) {
        var hosts = new ArrayList<OnHost>();
        step.hosts().forEach((host, planned) -> hosts.add(new OnHost(host, planned)));
        return new Step(
                step.index(), step.name(), step.type(), step.commits(), step.rollsBack(), step.question(), hosts);
    }

    private static SavedPlan saved(Content content) {
        var facts = new LinkedHashMap<String, HostFacts>();
        var fingerprints = new LinkedHashMap<String, Fingerprint>();
        for (var host : content.hosts()) {
            facts.put(host.facts().host(), host.facts());
            fingerprints.put(host.facts().host(), new Fingerprint(host.fingerprint()));
        }
        var plan = new Plan(
                content.run(),
                content.runbook(),
                content.steps().stream().map(SavedPlanFile::step).toList(),
                new ClusterFacts(facts, content.groups()),
                content.warnings());
        return new SavedPlan(plan, content.call(), fingerprints, content.inventory());
    }

    private static PlannedStep step(Step step) {
        var hosts = new LinkedHashMap<String, HostPlan>();
        step.hosts().forEach(onHost -> hosts.put(onHost.host(), onHost.plan()));
        return new PlannedStep(
                step.index(), step.name(), step.type(), hosts, step.commits(), step.rollsBack(), step.question());
    }
}
