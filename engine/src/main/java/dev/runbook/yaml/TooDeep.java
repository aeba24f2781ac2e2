package dev.runbook.yaml;

import dev.runbook.model.Position;

/** Unwinds the builder where collections are nested too deeply. */
final class TooDeep extends RuntimeException {
    private final Position position;

    TooDeep(Position position) {
        super("nested too deeply at " + position);
        this.position = position;
    }

    Position position() {
        return position;
    }
}
