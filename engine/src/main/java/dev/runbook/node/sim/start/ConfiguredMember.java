package dev.runbook.node.sim.start;

import dev.runbook.etcd.config.ConfigFile;
import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.etcd.config.EnvironmentFile;
import dev.runbook.etcd.config.MemberConfig;
import dev.runbook.etcd.config.PodFields;
import dev.runbook.etcd.config.StaticPodManifest;
import dev.runbook.etcd.config.SystemdUnit;
import dev.runbook.etcd.config.start.EtcdRelease;
import dev.runbook.etcd.config.start.InitialCorruptCheck;
import dev.runbook.model.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What etcd does with its configuration when it is started. */
public sealed interface ConfiguredMember {
    /**
     * It starts on these folders.
     *
     * @param checks whether it checks for corruption before it serves its peers
     */
    record Starts(String data, Optional<String> wal, boolean checks) implements ConfiguredMember {}

    /** It ends at once. */
    record Ends(String why) implements ConfiguredMember {}

    /**
     * A static pod's etcd.
     *
     * @param manifest its text
     * @param node name of the node
     */
    static ConfiguredMember ofPod(String manifest, String node) {
        try {
            var fields = new PodFields(Optional.of(node), Optional.of("127.0.0.1"));
            return starts(MemberConfig.fromManifest("etcd.yaml", StaticPodManifest.parse(manifest, fields)));
        } catch (ConfigProblem e) {
            return new Ends(String.valueOf(e.getMessage()));
        }
    }

    /**
     * A unit's etcd.
     *
     * @param properties as {@code systemctl show} prints them
     * @param read content of a file
     * @param tools the programs of the node
     */
    static ConfiguredMember ofUnit(
            Map<String, String> properties, Function<String, Optional<String>> read, Map<String, Answer.Tool> tools) {
        try {
            var unit = SystemdUnit.parseShow(SimUnits.shown(properties));
            var files = new HashMap<String, EnvironmentFile>();
            for (var file : unit.environmentFiles()) {
                var text = read.apply(file.path());
                if (text.isPresent()) {
                    files.put(file.path(), EnvironmentFile.parse(text.get()));
                }
            }
            Optional<ConfigFile> config = Optional.empty();
            var text = MemberConfig.configFilePath(unit, files).flatMap(read);
            if (text.isPresent()) {
                config = Optional.of(ConfigFile.parse(text.get()));
            }
            return starts(MemberConfig.fromSystemd(
                    "etcd.service",
                    unit,
                    files,
                    config,
                    unit.program(unit.environment(files)).flatMap(program -> release(tools, program))));
        } catch (ConfigProblem e) {
            return new Ends(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<EtcdRelease> release(Map<String, Answer.Tool> tools, String program) {
        return tools.values().stream()
                .filter(tool -> tool.path().equals(program))
                .findFirst()
                .flatMap(tool -> EtcdRelease.find(tool.version()));
    }

    private static Starts starts(MemberConfig config) {
        return new Starts(config.dataDir(), config.walDir(), InitialCorruptCheck.isOn(config.flags()));
    }
}
