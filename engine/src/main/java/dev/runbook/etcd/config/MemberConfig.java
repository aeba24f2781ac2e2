package dev.runbook.etcd.config;

import dev.runbook.etcd.config.start.EtcdRelease;
import dev.runbook.etcd.config.start.Launch;
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
     * Reads a static pod's manifest.
     *
     * @throws ConfigProblem when etcd would not start like that, the manifest has a {@code --config-file}, or its data is not
     *     in a folder of the host
     */
    public static MemberConfig fromManifest(String manifestPath, StaticPodManifest manifest) throws ConfigProblem {
        Map<String, String> environment = switch (manifest.launch()) {
            case Launch.Etcd etcd -> etcd.environment();
            case Launch.Shell _, Launch.ShellLine _ -> Map.of();
            case Launch.Other other -> throw new ConfigProblem("the container " + other.why());
        };
        Optional<String> image = Optional.of(manifest.image()).filter(text -> !text.isEmpty());
        EffectiveFlags.check(manifest.commandLine(), environment, image.flatMap(EtcdRelease::ofImage));
        Map<String, String> told = new LinkedHashMap<>(environment);
        told.keySet().removeAll(manifest.untold().keySet());
        Map<String, String> flags = EffectiveFlags.of(manifest.flags(), told);
        if (flags.containsKey("config-file")) {
            throw new ConfigProblem(
                    "the manifest starts etcd with --config-file, which is not supported for static pods");
        }
        return new MemberConfigReader(flags, manifest.untold(), manifest::hostPathOf)
                .read(new ConfigSource.StaticPod(manifestPath), image);
    }

    /** The same for a program whose release is not known. */
    public static MemberConfig fromSystemd(
            String unit, SystemdUnit service, Map<String, EnvironmentFile> files, Optional<ConfigFile> configFile)
            throws ConfigProblem {
        return fromSystemd(unit, service, files, configFile, Optional.empty());
    }

    /**
     * Reads a unit. With a config file, etcd reads nothing else.
     *
     * @param unit name, for example {@code etcd.service}
     * @param files contents of the environment files that exist, by path
     * @param configFile contents of the config file, where {@link #configFilePath} names one
     * @param release of the program that the unit starts
     * @throws ConfigProblem when etcd would not start like that, the unit starts another program, or a config file is named and
     *     not given
     */
    public static MemberConfig fromSystemd(
            String unit,
            SystemdUnit service,
            Map<String, EnvironmentFile> files,
            Optional<ConfigFile> configFile,
            Optional<EtcdRelease> release)
            throws ConfigProblem {
        for (SystemdUnit.EnvironmentFileReference file : service.environmentFiles()) {
            if (!file.optional() && !files.containsKey(file.path())) {
                throw new ConfigProblem("the environment file " + file.path() + " of " + unit
                        + " does not exist or was not read, and the unit does not start without it");
            }
        }
        SystemdUnit.Started started = service.started(service.environment(files));
        EtcdArguments line = started.line();
        // Up to 3.3 the packages of CentOS repeat each variable as a flag.
        boolean repeats = started.launch() instanceof Launch.ShellLine && release.isEmpty();
        EffectiveFlags.check(repeats ? EtcdArguments.parse(List.of()) : line, started.environment(), release);
        Optional<String> path = configFilePath(service, files);
        Map<String, String> flags = path.isEmpty()
                ? EffectiveFlags.of(line.values(), started.environment())
                : configFile
                        .orElseThrow(() -> new ConfigProblem(
                                "the contents of the config file " + path.get() + " of " + unit + " are missing"))
                        .flags();
        List<String> environmentFiles = service.environmentFiles().stream()
                .map(SystemdUnit.EnvironmentFileReference::path)
                .toList();
        return new MemberConfigReader(flags, Map.of(), Optional::of)
                .read(new ConfigSource.SystemdService(unit, environmentFiles, path), Optional.empty());
    }

    /** The config file that a unit names, by flag or variable: to be read before {@link #fromSystemd}. */
    public static Optional<String> configFilePath(SystemdUnit service, Map<String, EnvironmentFile> files)
            throws ConfigProblem {
        SystemdUnit.Started started = service.started(service.environment(files));
        return Optional.ofNullable(EffectiveFlags.of(started.line().values(), started.environment())
                        .get("config-file"))
                .filter(path -> !path.isEmpty());
    }
}
