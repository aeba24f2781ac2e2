package dev.runbook.facts;

import java.util.List;
import java.util.Optional;

/** Where a member's flags stand. */
public sealed interface MemberSource {
    /** A static pod's manifest. */
    record StaticPod(FileFacts manifest) implements MemberSource {}

    /**
     * A systemd unit.
     *
     * @param environmentFiles as the unit names them
     * @param configFile of {@code --config-file}
     * @param dropInFolder such as {@code /etc/systemd/system/etcd.service.d}
     * @param dropInFolderExists whether it is there
     */
    record Unit(
            String unit,
            List<FileFacts> environmentFiles,
            Optional<FileFacts> configFile,
            String dropInFolder,
            boolean dropInFolderExists)
            implements MemberSource {
        public Unit {
            environmentFiles = List.copyOf(environmentFiles);
        }
    }
}
