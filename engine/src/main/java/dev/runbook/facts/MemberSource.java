package dev.runbook.facts;

import java.util.List;
import java.util.Optional;

/** Where a member's flags are configured. */
public sealed interface MemberSource {
    /** A static pod's manifest. */
    record StaticPod(FileFacts manifest) implements MemberSource {}

    /**
     * A systemd unit.
     *
     * @param environmentFiles as the unit names them
     * @param configFile of {@code --config-file}
     */
    record Unit(String unit, List<FileFacts> environmentFiles, Optional<FileFacts> configFile) implements MemberSource {
        public Unit {
            environmentFiles = List.copyOf(environmentFiles);
        }
    }
}
