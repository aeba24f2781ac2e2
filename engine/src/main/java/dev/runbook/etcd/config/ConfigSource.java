package dev.runbook.etcd.config;

import java.util.List;
import java.util.Optional;

/** Where a member's configuration is, so where an edit belongs. Paths are those of the host. */
public sealed interface ConfigSource {

    /** A manifest that the kubelet watches. */
    record StaticPod(String manifestPath) implements ConfigSource {}

    /**
     * A systemd unit.
     *
     * @param environmentFiles paths, in order; the last one that sets a variable takes effect
     * @param configFile when present, etcd reads nothing else
     */
    record SystemdService(String unit, List<String> environmentFiles, Optional<String> configFile)
            implements ConfigSource {
        public SystemdService {
            environmentFiles = List.copyOf(environmentFiles);
        }
    }
}
