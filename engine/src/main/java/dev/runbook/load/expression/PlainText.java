package dev.runbook.load.expression;

import dev.runbook.step.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Converts values to text. */
public final class PlainText {
    private PlainText() {}

    /** Empty for lists, mappings and secrets. */
    public static Optional<String> of(Object value) {
        return switch (value) {
            case String text -> Optional.of(text);
            case Long number -> Optional.of(number.toString());
            case Double number -> Optional.of(number.toString());
            case Boolean flag -> Optional.of(flag.toString());
            case Path path -> Optional.of(path.toString());
            case Duration duration -> Optional.of(Durations.format(duration));
            default -> Optional.empty();
        };
    }
}
