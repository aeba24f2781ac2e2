package dev.runbook.load.bind;

import dev.runbook.model.Secret;
import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.ValueType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Derives shapes from Java types. */
public final class Shapes {
    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])([A-Z])");

    private static final Map<Class<?>, Shape> SCALARS = Map.of(
            String.class, new Shape.StringShape(),
            boolean.class, new Shape.BooleanShape(),
            int.class, new Shape.IntegerShape(true),
            long.class, new Shape.IntegerShape(false),
            Duration.class, new Shape.DurationShape(),
            Path.class, new Shape.PathShape(),
            Secret.class, new Shape.SecretShape());

    private static final ClassValue<Shape.RecordShape> RECORDS = new ClassValue<>() {
        @Override
        protected Shape.RecordShape computeValue(Class<?> type) {
            var fields =
                    Arrays.stream(type.getRecordComponents()).map(Shapes::field).toList();
            return new Shape.RecordShape(type.asSubclass(Record.class), fields);
        }
    };

    private Shapes() {}

    public static Shape.RecordShape ofRecord(Class<? extends Record> type) {
        return RECORDS.get(type);
    }

    public static Shape of(ValueType type) {
        return switch (type) {
            case STRING -> new Shape.StringShape();
            case INT -> new Shape.IntegerShape(false);
            case BOOL -> new Shape.BooleanShape();
            case DURATION -> new Shape.DurationShape();
            case PATH -> new Shape.PathShape();
            case SECRET -> new Shape.SecretShape();
            case STRING_LIST -> new Shape.ListShape(new Shape.StringShape());
        };
    }

    /** {@code skipHashCheck} is written {@code skip_hash_check}. */
    static String yamlName(String component) {
        return WORD_START.matcher(component).replaceAll("_$1").toLowerCase(Locale.ROOT);
    }

    private static Shape.Field field(RecordComponent component) {
        var fallback =
                Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
        var doc = Optional.ofNullable(component.getAnnotation(Doc.class))
                .map(Doc::value)
                .orElse("");
        return new Shape.Field(yamlName(component.getName()), of(component.getGenericType()), fallback, doc);
    }

    private static Shape of(Type type) {
        if (type instanceof ParameterizedType generic) {
            var arguments = List.of(generic.getActualTypeArguments());
            var last = of(arguments.getLast());
            if (generic.getRawType() == Optional.class) {
                return new Shape.OptionalShape(last);
            }
            if (generic.getRawType() == List.class) {
                return new Shape.ListShape(last);
            }
            if (generic.getRawType() == Map.class && arguments.getFirst() == String.class) {
                return new Shape.MapShape(last);
            }
        }
        if (type instanceof Class<?> plain) {
            if (plain.isRecord()) {
                return ofRecord(plain.asSubclass(Record.class));
            }
            if (plain.isEnum()) {
                return Shape.EnumShape.of(plain);
            }
            var scalar = SCALARS.get(plain);
            if (scalar != null) {
                return scalar;
            }
        }
        throw new IllegalArgumentException("a parameter cannot be of type " + type.getTypeName());
    }
}
