package dev.runbook.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.runbook.model.ActionResult;
import dev.runbook.model.EtcdTool;
import dev.runbook.model.Need;
import dev.runbook.model.Probe;
import dev.runbook.model.Problem;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.RunProgram.ProgramEffect;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Records as JSON objects: components by their names, absent ones left out, times in ISO 8601. A member of a sealed family
 * has its simple name in {@code kind}.
 */
public final class RecordMapper {
    private RecordMapper() {}

    /** Mix-in for families of other packages, because this package alone defines their form in JSON. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface ByKind {}

    /** Families of the model, which every file holds. */
    private static final List<Class<?>> MODEL = List.of(
            Action.class,
            ProgramEffect.class,
            ActionResult.class,
            EtcdTool.class,
            Need.class,
            Problem.Where.class,
            Probe.class);

    /**
     * A mapper for records of the model, and for records that may hold members of more families.
     *
     * @param more sealed interfaces of other packages
     */
    public static JsonMapper of(List<Class<?>> more) {
        var families = new ArrayList<>(MODEL);
        families.addAll(more);
        var builder = JsonMapper.builder()
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                // isError() and similar methods repeat what the components hold.
                .changeDefaultVisibility(visible -> visible.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
                .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT));
        for (var family : families) {
            builder.addMixIn(family, ByKind.class);
            leaves(family).forEach(leaf -> builder.registerSubtypes(new NamedType(leaf, leaf.getSimpleName())));
        }
        return builder.build();
    }

    /** The same for files that the operator may have edited: unknown and missing fields are errors. */
    public static JsonMapper strict(List<Class<?>> more) {
        return of(more).rebuild()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.INDENT_OUTPUT)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
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
}
