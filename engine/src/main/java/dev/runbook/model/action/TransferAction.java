package dev.runbook.model.action;

import dev.runbook.model.Attributes;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.NodeState;
import dev.runbook.model.PathState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Bytes between this machine and a node or a member on it: the controller has a part in each. */
public sealed interface TransferAction extends Action {
    @Override
    default boolean worksOutside() {
        return true;
    }

    /**
     * The same transfer for a controller on another machine.
     *
     * @param paths where a file of the first machine lies on this one
     * @param files on this machine, by SHA-256: they replace files to be sent that have the same
     */
    TransferAction relocated(UnaryOperator<Path> paths, Map<String, Path> files);

    /** Sends a file from this machine; complete only when the node computes an equal SHA-256. */
    record SendFile(Path source, String path, long size, String sha256, Attributes attributes)
            implements TransferAction {
        /** Slower than any link over which a restore is worth trying. */
        private static final int SLOWEST_BYTES_PER_SECOND = 1_000_000;

        @Override
        public String describe() {
            return "send " + source.getFileName() + " to " + path + " (" + size + " bytes)";
        }

        @Override
        public Duration deadline() {
            return Duration.ofSeconds(60 + size / SLOWEST_BYTES_PER_SECOND);
        }

        @Override
        public boolean needsSpace() {
            return true;
        }

        @Override
        public Compensation compensation() {
            return new Compensation.Nothing("the file lies in the run's own folder");
        }

        @Override
        public NodeState effectOn(NodeState before) {
            return before.with(path, new PathState.OtherFile(attributes));
        }

        @Override
        public SendFile relocated(UnaryOperator<Path> paths, Map<String, Path> files) {
            return new SendFile(files.getOrDefault(sha256, paths.apply(source)), path, size, sha256, attributes);
        }
    }

    /** Brings a file from the node to this machine, SHA-256 compared. */
    record FetchFile(String path, Path target, Duration deadline) implements TransferAction {
        @Override
        public String describe() {
            return "fetch " + path + " to " + target;
        }

        @Override
        public boolean mutates() {
            return false;
        }

        @Override
        public boolean needsSpace() {
            return false;
        }

        @Override
        public Compensation compensation() {
            return new Compensation.Nothing("it only reads");
        }

        @Override
        public FetchFile relocated(UnaryOperator<Path> paths, Map<String, Path> files) {
            return new FetchFile(path, paths.apply(target), deadline);
        }
    }

    /** Streams a snapshot from a member to this machine through the node, and checks its trailing SHA-256. */
    record StreamSnapshot(EtcdAccess access, Path target, Duration deadline) implements TransferAction {
        @Override
        public String describe() {
            return "stream a snapshot of " + access.url() + " to " + target;
        }

        @Override
        public boolean mutates() {
            return false;
        }

        @Override
        public boolean needsSpace() {
            return false;
        }

        @Override
        public Compensation compensation() {
            return new Compensation.Nothing("a snapshot is retained");
        }

        @Override
        public StreamSnapshot relocated(UnaryOperator<Path> paths, Map<String, Path> files) {
            return new StreamSnapshot(access, paths.apply(target), deadline);
        }
    }
}
