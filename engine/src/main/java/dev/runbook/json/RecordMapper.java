package dev.runbook.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Records as JSON objects: components by their names, absent ones left out, times in ISO 8601. A member of a sealed family
 * has its simple name in {@code kind}.
 */
public final class RecordMapper {
    private RecordMapper() {}

    /** The families are other packages' own; how they look in JSON is this one's business. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface ByKind {}

    /**
     * A mapper for records that may hold members of these families.
     *
     * @param families sealed interfaces
     */
    public static JsonMapper of(List<Class<?>> families) {
        var builder = JsonMapper.builder()
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                // isError() and its like say again what the components say.
                .changeDefaultVisibility(visible -> visible.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
                .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT));
        for (var family : families) {
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
}
