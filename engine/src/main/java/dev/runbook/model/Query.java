package dev.runbook.model;

import java.util.List;

/** What is asked of a node before anything is decided. Reads only; many go in one round trip. */
public sealed interface Query {
    /** Who we are there, and what time it is: {@link Answer.Identity}. */
    record WhoAmI() implements Query {}

    /** One path, not following a final symbolic link: {@link Answer.PathInfo}. */
    record Stat(String path) implements Query {}

    /** A text file: {@link Answer.Text}, or {@link Answer.Missing}; over the limit is {@link Answer.Refused}. */
    record ReadText(String path, int maximumBytes) implements Query {}

    /** Names in a folder, sorted: {@link Answer.Names}, or {@link Answer.Missing}. */
    record ListFolder(String path) implements Query {}

    /** Space that is free to root on the file system of the nearest existing parent: {@link Answer.Bytes}. */
    record FreeSpace(String path) implements Query {}

    /** Bytes that a tree takes: {@link Answer.Bytes}, or {@link Answer.Missing}. */
    record TreeSize(String path) implements Query {}

    /** SHA-256 of a file: {@link Answer.Text} in hex, or {@link Answer.Missing}. */
    record Digest(String path) implements Query {}

    /** {@code systemctl show} of a unit: {@link Answer.Properties}; {@link Answer.Missing} without systemd. */
    record UnitProperties(String unit, List<String> names) implements Query {
        public UnitProperties {
            names = List.copyOf(names);
        }
    }

    /** Where a program is, and the first line of what it prints with these arguments: {@link Answer.Tool}. */
    record FindTool(String program, List<String> versionArguments) implements Query {
        public FindTool {
            versionArguments = List.copyOf(versionArguments);
        }
    }

    /** Why a component could not start with this as it stands: {@link Answer.Lack}. */
    record LackOf(Need need) implements Query {}

    /** Running containers of the kubelet's runtime: {@link Answer.Containers}; {@link Answer.Missing} without one. */
    record RunningContainers() implements Query {}
}
