package dev.runbook.model;

import java.util.Optional;

/** What stands at a path, as far as a plan knows. */
public sealed interface PathState {
    record Absent() implements PathState {}

    /**
     * A folder.
     *
     * @param member who starts on it, when a restore made it
     */
    record Folder(Attributes attributes, Optional<MemberSpec> member) implements PathState {}

    /** A file whose text the plan knows. */
    record TextFile(String text, Attributes attributes) implements PathState {}

    /** A file whose bytes the plan need not know. */
    record OtherFile(Attributes attributes) implements PathState {}
}
