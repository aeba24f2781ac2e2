package dev.runbook.model.action;

import dev.runbook.model.Attributes;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.EtcdTool;
import dev.runbook.model.MemberSpec;
import dev.runbook.model.NodeState;
import dev.runbook.model.PathState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What etcd's own program does on the node: it makes data folders and snapshots. */
public sealed interface EtcdDataAction extends Action {
    @Override
    default boolean worksOutside() {
        return true;
    }

    @Override
    default boolean needsSpace() {
        return true;
    }

    /** Makes a new member's data folder from a snapshot. The folder must not be there, its parent must. */
    record RestoreData(
            EtcdTool tool,
            String snapshot,
            String dataDir,
            Optional<String> walDir,
            MemberSpec member,
            Attributes attributes,
            boolean skipHashCheck,
            Duration deadline)
            implements EtcdDataAction {
        @Override
        public String describe() {
            return "restore " + member.name() + " into " + dataDir;
        }

        @Override
        public List<String> command() {
            var command = new ArrayList<>(tool.shown());
            command.addAll(arguments(dataDir));
            return List.copyOf(command);
        }

        /**
         * What follows the program's name, flags after the subcommand as etcdctl and etcdutl want them.
         *
         * @param target folder to restore into: {@code dataDir}, or a temporary name beside it
         */
        public List<String> arguments(String target) {
            var arguments = new ArrayList<>(List.of(
                    "snapshot",
                    "restore",
                    snapshot,
                    "--name=" + member.name(),
                    "--initial-cluster=" + member.initialCluster(),
                    "--initial-cluster-token=" + member.token(),
                    "--initial-advertise-peer-urls=" + String.join(",", member.peerUrls()),
                    "--data-dir=" + target));
            walDir.ifPresent(wal -> arguments.add("--wal-dir=" + wal));
            member.bump().ifPresent(bump -> arguments.addAll(List.of("--bump-revision=" + bump, "--mark-compacted")));
            if (skipHashCheck) {
                arguments.add("--skip-hash-check");
            }
            return List.copyOf(arguments);
        }

        @Override
        public Compensation compensation() {
            return new Compensation.Nothing("the data lies in the run's own folder");
        }

        @Override
        public NodeState effectOn(NodeState before) {
            // Both, because a data folder that is a mount point keeps its place and only member/ moves.
            var folder = new PathState.Folder(attributes, Optional.of(member));
            return before.with(dataDir, folder).with(dataDir + "/member", folder);
        }
    }

    /** Saves a snapshot with etcdctl on the node. */
    record SaveSnapshot(EtcdTool tool, EtcdAccess access, String path, Duration deadline) implements EtcdDataAction {
        @Override
        public String describe() {
            return "save a snapshot of " + access.url() + " to " + path;
        }

        @Override
        public Compensation compensation() {
            return new Compensation.Nothing("a snapshot is retained");
        }

        @Override
        public NodeState effectOn(NodeState before) {
            return before.with(path, new PathState.OtherFile(Attributes.PRIVATE_FILE));
        }
    }
}
