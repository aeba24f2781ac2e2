package dev.runbook.load.bind;

import dev.runbook.load.expression.PlainText;
import dev.runbook.load.source.Surroundings;
import dev.runbook.model.DidYouMean;
import dev.runbook.model.Secret;
import dev.runbook.step.Durations;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A plain value converted to a shape, or the problem with it. */
sealed interface Conversion {
    record Done(Object value) implements Conversion {}

    /**
     * The value does not fit the shape.
     *
     * @param summary the problem, in one line
     */
    record Refused(String code, String summary, String next) implements Conversion {}

    Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+.-]*)://.*", Pattern.DOTALL);

    static Conversion of(Object value, Shape shape, Surroundings surroundings) {
        return switch (shape) {
            case Shape.StringShape() -> text(value);
            case Shape.BooleanShape() -> value instanceof Boolean ? new Done(value) : wrong(shape, value);
            case Shape.IntegerShape(var isInt) -> whole(value, isInt, shape);
            case Shape.DurationShape() -> time(value, shape);
            case Shape.PathShape() -> path(value, shape, surroundings);
            case Shape.SecretShape() ->
                value instanceof Secret
                        ? new Done(value)
                        : PlainText.of(value)
                                .<Conversion>map(text -> new Done(new Secret(text)))
                                .orElse(wrong(shape, "a value"));
            case Shape.EnumShape(var names) -> {
                var named = names.get(String.valueOf(value));
                yield named != null
                        ? new Done(named)
                        : new Refused(
                                "wrong-value",
                                "expected " + shape.expected() + ", not " + described(value),
                                DidYouMean.nearest(String.valueOf(value), names.keySet())
                                        .map(name -> "did you mean " + name + "?")
                                        .orElse(""));
            }
            case Shape.OptionalShape(var inner) ->
                switch (of(value, inner, surroundings)) {
                    case Done(var done) -> new Done(Optional.of(done));
                    case Refused refused -> refused;
                };
            case Shape.ListShape(var item) -> list(value, item, shape, surroundings);
            case Shape.MapShape named -> wrong(shape, value);
            case Shape.RecordShape fields -> wrong(shape, value);
        };
    }

    private static Conversion text(Object value) {
        if (value instanceof Secret) {
            return new Refused("secret-use", "a secret cannot be passed to a parameter that is plain text", "");
        }
        if (value instanceof Boolean) {
            return new Refused("wrong-type", "expected a text, not " + described(value), "quote it: \"" + value + "\"");
        }
        return PlainText.of(value).<Conversion>map(Done::new).orElseGet(() -> wrong(new Shape.StringShape(), value));
    }

    private static Conversion whole(Object value, boolean isInt, Shape shape) {
        if (!(value instanceof Long number)) {
            return wrong(shape, value);
        }
        if (!isInt) {
            return new Done(number);
        }
        return number == number.intValue()
                ? new Done(number.intValue())
                : new Refused("wrong-value", number + " is out of range", "");
    }

    private static Conversion time(Object value, Shape shape) {
        if (value instanceof Duration) {
            return new Done(value);
        }
        if (value instanceof Long number) {
            return new Refused(
                    "wrong-type",
                    "a duration needs its unit",
                    "write " + number + "s, " + number + "m or " + number + "h");
        }
        return value instanceof String text && Durations.parse(text).isPresent()
                ? new Done(Durations.parse(text).get())
                : wrong(shape, value);
    }

    private static Conversion path(Object value, Shape shape, Surroundings surroundings) {
        if (value instanceof Path) {
            return new Done(value);
        }
        if (!(value instanceof String text) || text.isBlank()) {
            return wrong(shape, value);
        }
        var scheme = SCHEME.matcher(text);
        if (scheme.matches()) {
            return new Refused(
                    "not-supported",
                    scheme.group(1) + ":// is not supported yet",
                    "copy the file here and give its path");
        }
        try {
            return new Done(surroundings.resolve(text));
        } catch (InvalidPathException invalid) {
            return new Refused("wrong-value", "this is not a path: " + invalid.getReason(), "");
        }
    }

    private static Conversion list(Object value, Shape item, Shape shape, Surroundings surroundings) {
        if (!(value instanceof List<?> given)) {
            return wrong(shape, value);
        }
        List<Object> converted = new ArrayList<>();
        for (var element : given) {
            switch (of(element, item, surroundings)) {
                case Done(var done) -> converted.add(done);
                case Refused refused -> {
                    return refused;
                }
            }
        }
        return new Done(List.copyOf(converted));
    }

    static Refused wrong(Shape shape, Object value) {
        return new Refused("wrong-type", "expected " + shape.expected() + ", not " + described(value), "");
    }

    private static String described(Object value) {
        return switch (value) {
            case String text -> "the text \"" + (text.length() > 40 ? text.substring(0, 37) + "..." : text) + "\"";
            case Long number -> "the number " + number;
            case Double number -> "the number " + number;
            case Boolean flag -> "the boolean " + flag;
            case List<?> list -> "a list";
            case Secret secret -> "a secret";
            default -> PlainText.of(value).orElse("a mapping");
        };
    }
}
