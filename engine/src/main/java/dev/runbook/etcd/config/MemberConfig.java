package dev.runbook.etcd.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of one member. Paths are those of the host, also when the member runs in a container.
 *
 * @param dataDir relative to the unit's working directory when it is etcd's default
 * @param walDir when it is not inside the data folder
 * @param clientTls empty when clients connect without TLS
 * @param initialCluster as configured, which may differ from the membership: kubeadm writes partial ones, and a member that
 *     has data ignores it
 * @param image of a static pod
 * @param flags all settings, by flag without dashes and as the member sees them
 */
public record MemberConfig(
        String name,
        String dataDir,
        Optional<String> walDir,
        List<String> initialAdvertisePeerUrls,
        List<String> listenClientUrls,
        List<String> advertiseClientUrls,
        Optional<ClientTls> clientTls,
        Optional<String> initialCluster,
        Optional<String> initialClusterState,
        ConfigSource source,
        Optional<String> image,
        Map<String, String> flags) {
    public MemberConfig {
        initialAdvertisePeerUrls = List.copyOf(initialAdvertisePeerUrls);
        listenClientUrls = List.copyOf(listenClientUrls);
        advertiseClientUrls = List.copyOf(advertiseClientUrls);
        flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
        if (name.isEmpty() || dataDir.isEmpty()) {
            throw new IllegalArgumentException("a member must have a name and a data folder");
        }
    }

    /**
     * Reads a static pod's manifest. Flags override variables ({@code ETCD_*}).
     *
     * @throws ConfigProblem when the manifest has a {@code --config-file}, or its data is not in a folder of the host
     */
    public static MemberConfig fromManifest(String manifestPath, StaticPodManifest manifest) throws ConfigProblem {
        Map<String, String> flags = EffectiveFlags.of(manifest.flags(), manifest.environment());
        if (flags.containsKey("config-file")) {
            throw new ConfigProblem(
                    "the manifest starts etcd with --config-file, which is not supported for static pods");
        }
        String image = manifest.image();
        return new MemberConfigReader(flags, manifest::hostPathOf)
                .read(
                        new ConfigSource.StaticPod(manifestPath),
                        Optional.of(image).filter(text -> !text.isEmpty()));
    }

    /**
     * Reads a unit. With a config file, etcd reads nothing else; without one, flags override variables ({@code ETCD_*}).
     *
     * @param unit name, for example {@code etcd.service}
     * @param files contents of the environment files that exist, by path
     * @param configFile contents of the config file, where {@link #configFilePath} names one
     * @throws ConfigProblem when a config file is named and not given
     */
    public static MemberConfig fromSystemd(
            String unit, SystemdUnit service, Map<String, EnvironmentFile> files, Optional<ConfigFile> configFile)
            throws ConfigProblem {
        Optional<String> path = configFilePath(service, files);
        Map<String, String> flags;
        if (path.isPresent()) {
            flags = configFile
                    .orElseThrow(() -> new ConfigProblem(
                            "the contents of the config file " + path.get() + " of " + unit + " are missing"))
                    .flags();
        } else {
            Map<String, String> environment = service.environment(files);
            flags = EffectiveFlags.of(service.flags(environment), environment);
        }
        List<String> environmentFiles = service.environmentFiles().stream()
                .map(SystemdUnit.EnvironmentFileReference::path)
                .toList();
        return new MemberConfigReader(flags, Optional::of)
                .read(new ConfigSource.SystemdService(unit, environmentFiles, path), Optional.empty());
    }

    /** The config file that a unit names, by flag or variable: to be read before {@link #fromSystemd}. */
    public static Optional<String> configFilePath(SystemdUnit service, Map<String, EnvironmentFile> files)
            throws ConfigProblem {
        Map<String, String> environment = service.environment(files);
        return Optional.ofNullable(
                EffectiveFlags.of(service.flags(environment), environment).get("config-file"));
    }
}
