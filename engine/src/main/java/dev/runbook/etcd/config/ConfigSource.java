package dev.runbook.etcd.config;

import java.util.List;
import java.util.Optional;

/** Where a member's configuration was found, so where an edit belongs. Paths are those of the host. */
public sealed interface ConfigSource {

    /** A manifest that the kubelet watches. */
    record StaticPod(String manifestPath) implements ConfigSource {}

    /**
     * A unit of systemd.
     *
     * @param environmentFiles paths, in order; the last one that sets a variable counts
     * @param configFile when there is one, it alone counts
     */
    record SystemdService(String unit, List<String> environmentFiles, Optional<String> configFile)
            implements ConfigSource {
        public SystemdService {
            environmentFiles = List.copyOf(environmentFiles);
        }
    }
}
