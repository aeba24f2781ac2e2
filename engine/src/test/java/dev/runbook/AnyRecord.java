package dev.runbook;

import dev.runbook.model.Attributes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any value of a record type or a sealed family of them, made from its components, so that none is left out. */
public final class AnyRecord {
    private static final int FEW = 3;

    private AnyRecord() {}

    public static <T> Arbitrary<T> of(Class<T> type) {
        return value(type).map(type::cast);
    }

    private static Arbitrary<?> value(Type type) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            return switch (((Class<?>) generic.getRawType()).getSimpleName()) {
                case "Optional" -> value(arguments[0]).optional();
                case "List" -> value(arguments[0]).list().ofMaxSize(FEW);
                case "Map" -> Arbitraries.maps(text(), value(arguments[1])).ofMaxSize(FEW);
                default -> throw new IllegalArgumentException("nothing is known of " + type);
            };
        }
        return plain((Class<?>) type);
    }

    private static Arbitrary<?> plain(Class<?> type) {
        if (type.isEnum()) {
            return Arbitraries.of(type.getEnumConstants());
        }
        return switch (type.getSimpleName()) {
            case "String" -> text();
            case "int", "Integer" -> Arbitraries.integers().between(1, 65535);
            case "long" -> Arbitraries.longs();
            case "double", "Double" -> Arbitraries.of(0.0, 1.25, 3600.001);
            case "boolean" -> Arbitraries.of(true, false);
            case "Duration" -> Arbitraries.longs().between(0, 1L << 40).map(Duration::ofNanos);
            case "Instant" -> Arbitraries.longs().between(0, 1L << 33).map(Instant::ofEpochSecond);
            case "Path" -> Arbitraries.of("/a/b.db", "/c d/e").map(Path::of);
            case "OptionalInt" -> Arbitraries.of(OptionalInt.empty(), OptionalInt.of(137));
            case "OptionalLong" -> Arbitraries.of(OptionalLong.empty(), OptionalLong.of(1L << 40));
            case "Attributes" ->
                Arbitraries.of(new Attributes("0644", 0, 0), new Attributes("700", 104, 4), Attributes.PRIVATE_FILE);
            default -> type.isSealed() ? member(type) : components(type);
        };
    }

    private static Arbitrary<?> member(Class<?> family) {
        List<Arbitrary<?>> members = new ArrayList<>();
        Arrays.stream(family.getPermittedSubclasses()).forEach(permitted -> members.add(plain(permitted)));
        return Arbitraries.of(members).flatMap(member -> member);
    }

    private static Arbitrary<?> components(Class<?> type) {
        List<Arbitrary<Object>> values = new ArrayList<>();
        var types = new ArrayList<Class<?>>();
        for (var component : type.getRecordComponents()) {
            values.add(value(component.getGenericType()).map(Object.class::cast));
            types.add(component.getType());
        }
        return Combinators.combine(values)
                .as(chosen -> {
                    try {
                        var constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
                        constructor.setAccessible(true);
                        return constructor.newInstance(chosen.toArray());
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalArgumentException("no " + type + " of " + chosen, e);
                    }
                })
                // Records check themselves; what one refuses is none.
                .ignoreException(IllegalArgumentException.class);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings()
                .withChars("aZ09 -=:/\"'\\\n\t#%${}[]é\u2028")
                .ofMaxLength(12);
    }
}
