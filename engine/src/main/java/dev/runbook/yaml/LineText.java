package dev.runbook.yaml;

import dev.runbook.model.Position;
import dev.runbook.yaml.YamlValue.Kind;
import dev.runbook.yaml.YamlValue.Scalar;
import dev.runbook.yaml.YamlValue.Style;
import java.util.Optional;

/** A text by lines, for formats other than YAML that give the same values. Counts from 0. */
public final class LineText {
    private final SourceText source;

    public LineText(String file, String text) {
        source = new SourceText(file, text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    public int lineCount() {
        return source.lineCount();
    }

    public String line(int line) {
        return source.line(line);
    }

    /** In UTF-16 units. */
    public Position position(int line, int column, int length) {
        return source.position(line, column, length);
    }

    /** A value that is not written in YAML, with one position for all of it. */
    public Scalar scalar(Position place, String text, Kind kind) {
        var lines = new ScalarSource(source, place.line() - 1, place.column() - 1).ofReplacement();
        return new Scalar(place, text, Style.PLAIN, kind, Optional.empty(), lines);
    }
}
