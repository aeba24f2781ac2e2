package dev.runbook.steps.shared;

import dev.runbook.etcd.config.ConfigFile;
import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.etcd.config.EnvironmentFile;
import dev.runbook.etcd.config.MemberConfig;
import dev.runbook.etcd.config.PodFields;
import dev.runbook.etcd.config.StaticPodManifest;
import dev.runbook.etcd.config.SystemdUnit;
import dev.runbook.etcd.config.start.EtcdFlags;
import dev.runbook.etcd.config.start.EtcdRelease;
import dev.runbook.facts.ManifestFolder;
import java.util.Map;
import java.util.Optional;

/** Reads an edited configuration as etcd will, so that an edit with which it would not start is refused in the plan. */
final class EditedMember {
    /** Some name and address: an edit does not change what a node is called. */
    private static final PodFields ANY_NODE = new PodFields(Optional.of("node"), Optional.of("127.0.0.1"));

    private EditedMember() {}

    /**
     * Checks an edited manifest.
     *
     * @param flags that must have these values now
     * @return the text
     */
    static String pod(ManifestFolder folder, String text, Map<String, String> flags) throws ConfigProblem {
        var manifest = StaticPodManifest.parse(text, ANY_NODE);
        var release = EtcdRelease.ofImage(manifest.image());
        checkKnown(flags, release);
        checkValues(flags, MemberConfig.fromManifest(folder.path() + "/etcd.yaml", manifest));
        return text;
    }

    /**
     * Checks an edited unit without a config file.
     *
     * @param flags that must have these values now
     */
    static void unit(
            String name,
            SystemdUnit unit,
            Map<String, EnvironmentFile> files,
            Map<String, String> flags,
            Optional<EtcdRelease> release)
            throws ConfigProblem {
        checkKnown(flags, release);
        checkValues(flags, MemberConfig.fromSystemd(name, unit, files, Optional.<ConfigFile>empty(), release));
    }

    /** As a variable, etcd only warns of a flag that it does not have: the change would have no effect. */
    private static void checkKnown(Map<String, String> flags, Optional<EtcdRelease> release) throws ConfigProblem {
        for (var flag : flags.keySet()) {
            var missing = release.flatMap(known -> EtcdFlags.missing(flag, known));
            if (missing.isPresent()) {
                throw new ConfigProblem(missing.get());
            }
        }
    }

    private static void checkValues(Map<String, String> flags, MemberConfig after) throws ConfigProblem {
        for (var flag : flags.entrySet()) {
            var wanted = EtcdFlags.isBoolean(flag.getKey())
                    ? EtcdFlags.bool(flag.getValue()).orElse(flag.getValue())
                    : flag.getValue();
            var found = after.flags().get(flag.getKey());
            if (!wanted.equals(found)) {
                throw new ConfigProblem("--" + flag.getKey() + " would still be "
                        + (found == null ? "unset" : "'" + found + "'") + ", because it is set in more than one place");
            }
        }
    }
}
