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
            String.class, new Shape.Text(),
            boolean.class, new Shape.Flag(),
            int.class, new Shape.Whole(true),
            long.class, new Shape.Whole(false),
            Duration.class, new Shape.Time(),
            Path.class, new Shape.LocalPath(),
            Secret.class, new Shape.Hidden());

    private static final ClassValue<Shape.Fields> RECORDS = new ClassValue<>() {
        @Override
        protected Shape.Fields computeValue(Class<?> type) {
            var fields =
                    Arrays.stream(type.getRecordComponents()).map(Shapes::field).toList();
            return new Shape.Fields(type.asSubclass(Record.class), fields);
        }
    };

    private Shapes() {}

    public static Shape.Fields ofRecord(Class<? extends Record> type) {
        return RECORDS.get(type);
    }

    public static Shape of(ValueType type) {
        return switch (type) {
            case STRING -> new Shape.Text();
            case INT -> new Shape.Whole(false);
            case BOOL -> new Shape.Flag();
            case DURATION -> new Shape.Time();
            case PATH -> new Shape.LocalPath();
            case SECRET -> new Shape.Hidden();
            case STRING_LIST -> new Shape.Many(new Shape.Text());
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
                return new Shape.Maybe(last);
            }
            if (generic.getRawType() == List.class) {
                return new Shape.Many(last);
            }
            if (generic.getRawType() == Map.class && arguments.getFirst() == String.class) {
                return new Shape.Named(last);
            }
        }
        if (type instanceof Class<?> plain) {
            if (plain.isRecord()) {
                return ofRecord(plain.asSubclass(Record.class));
            }
            if (plain.isEnum()) {
                return Shape.Choice.of(plain);
            }
            var scalar = SCALARS.get(plain);
            if (scalar != null) {
                return scalar;
            }
        }
        throw new IllegalArgumentException("a parameter cannot be of type " + type.getTypeName());
    }
}
