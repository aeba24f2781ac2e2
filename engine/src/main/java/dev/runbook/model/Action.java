package dev.runbook.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The only language spoken to a node. An action says what shall be, a node makes it so: done already is success, a
 * state that is neither before nor after is a failure and touches nothing. Paths are absolute paths on the node.
 */
public sealed interface Action {
    /** One line for plans, progress and messages. */
    String describe();

    /** What takes it back, known before it is done. */
    Compensation undo();

    /** How long it may take before it counts as failed. */
    default Duration deadline() {
        return Duration.ofSeconds(30);
    }

    /** Whether a node looks different after it. */
    default boolean mutates() {
        return true;
    }

    /** In which direction of a run it counts: one that counts backward only is passed over on the way forward. */
    default Direction way() {
        return Direction.FORWARD;
    }

    /** Makes one folder; its parent must be there. */
    record MakeFolder(String path, Attributes attributes) implements Action {
        @Override
        public String describe() {
            return "make folder " + path + " (" + attributes + ")";
        }

        @Override
        public Compensation undo() {
            return Compensation.by(new RemoveEmptyFolder(path));
        }
    }

    /** Takes back {@link MakeFolder}: a folder that holds something stays, and that is success. */
    record RemoveEmptyFolder(String path) implements Action {
        @Override
        public String describe() {
            return "remove folder " + path + " if it is empty";
        }

        @Override
        public Compensation undo() {
            return new Compensation.Nothing("only an empty folder goes");
        }
    }

    /** Renames within one file system; the target must not be there. */
    record MovePath(String from, String to) implements Action {
        @Override
        public String describe() {
            return "move " + from + " to " + to;
        }

        @Override
        public Compensation undo() {
            return Compensation.by(new MovePath(to, from));
        }
    }

    /** Writes a file that was not there; taken back by moving it to {@code aside}. */
    record CreateFile(String path, String content, Attributes attributes, String aside) implements Action {
        @Override
        public String describe() {
            return "write " + path + " (" + attributes + ")";
        }

        @Override
        public Compensation undo() {
            return Compensation.by(new MovePath(path, aside));
        }
    }

    /**
     * Replaces a file in one rename, after keeping the old one, the very inode, as {@code kept}: a path on the same file
     * system whose folder is there.
     *
     * @param expectedSha256 of the file as planned against; another content is a failure
     */
    record ReplaceFile(String path, String content, Attributes attributes, String expectedSha256, String kept)
            implements Action {
        @Override
        public String describe() {
            return "edit " + path;
        }

        @Override
        public Compensation undo() {
            return Compensation.by(new PutBack(kept, path));
        }
    }

    /** Takes back {@link ReplaceFile}: the kept file gets its name back, whatever stands there now. */
    record PutBack(String kept, String path) implements Action {
        @Override
        public String describe() {
            return "put back " + path;
        }

        @Override
        public Compensation undo() {
            return new Compensation.Nothing("it is an undo itself");
        }
    }

    /**
     * Puts a staged file in its place, in one rename; what stood there, the very inode, is kept. All three lie on one file
     * system.
     */
    record PlaceFile(String staged, String path, String kept) implements Action {
        @Override
        public String describe() {
            return "place " + path;
        }

        @Override
        public Compensation undo() {
            return Compensation.by(new TakeAway(path, kept, staged));
        }
    }

    /** Takes back {@link PlaceFile}: the file goes back to where it was staged, and what was kept to its place. */
    record TakeAway(String path, String kept, String staged) implements Action {
        @Override
        public String describe() {
            return "take away " + path;
        }

        @Override
        public Compensation undo() {
            return new Compensation.Nothing("it is an undo itself");
        }
    }

    /** Sends a file from this machine; complete only when its SHA-256 was computed equal on the node. */
    record SendFile(Path source, String path, long size, String sha256, Attributes attributes) implements Action {
        @Override
        public String describe() {
            return "send " + source.getFileName() + " to " + path + " (" + size + " bytes)";
        }

        @Override
        public Duration deadline() {
            // 1 MB/s is slower than any link that a restore is worth trying over.
            return Duration.ofSeconds(60 + size / 1_000_000);
        }

        @Override
        public Compensation undo() {
            return new Compensation.Nothing("it lies in the run's own folder");
        }
    }

    /** Brings a file from the node to this machine, SHA-256 compared. */
    record FetchFile(String path, Path target, Duration deadline) implements Action {
        @Override
        public String describe() {
            return "fetch " + path + " to " + target;
        }

        @Override
        public boolean mutates() {
            return false;
        }

        @Override
        public Compensation undo() {
            return new Compensation.Nothing("it only reads");
        }
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
            implements Action {
        @Override
        public String describe() {
            return "restore " + member.name() + " into " + dataDir;
        }

        /**
         * What follows the program's name, flags behind the subcommand as etcdctl and etcdutl want them.
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
        public Compensation undo() {
            return new Compensation.Nothing("it lies in the run's own folder");
        }
    }

    /**
     * Who a restored member will be.
     *
     * @param initialCluster as the flag wants it, {@code name=url,...}
     * @param bump how many revisions to add, together with --mark-compacted; empty where the version cannot
     * @param memberId predicted, hex
     * @param clusterId predicted, hex
     * @param revision of the restored store, predicted
     * @param hash HashKV at {@code revision}, predicted
     */
    record MemberSpec(
            String name,
            List<String> peerUrls,
            String initialCluster,
            String token,
            OptionalLong bump,
            String memberId,
            String clusterId,
            long revision,
            OptionalLong hash) {
        public MemberSpec {
            peerUrls = List.copyOf(peerUrls);
        }
    }

    /** Saves a snapshot with etcdctl on the node. */
    record SaveSnapshot(EtcdTool tool, EtcdAccess access, String path, Duration deadline) implements Action {
        @Override
        public String describe() {
            return "save a snapshot of " + access.url() + " to " + path;
        }

        @Override
        public Compensation undo() {
            return new Compensation.Nothing("a snapshot is kept");
        }
    }

    /** Streams a snapshot from a member to this machine through the node, and checks its trailing SHA-256. */
    record StreamSnapshot(EtcdAccess access, Path target, Duration deadline) implements Action {
        @Override
        public String describe() {
            return "stream a snapshot of " + access.url() + " to " + target;
        }

        @Override
        public boolean mutates() {
            return false;
        }

        @Override
        public Compensation undo() {
            return new Compensation.Nothing("a snapshot is kept");
        }
    }

    /** Starts a unit without waiting for it to be up: members wait for one another. */
    record StartUnit(String unit) implements Action {
        @Override
        public String describe() {
            return "start " + unit;
        }

        @Override
        public Compensation undo() {
            return Compensation.by(new StopUnit(unit));
        }
    }

    /** With {@link Direction#BACKWARD} it makes sure, on the way back, of what this run may never have begun. */
    record StopUnit(String unit, Direction way) implements Action {
        public StopUnit(String unit) {
            this(unit, Direction.FORWARD);
        }

        @Override
        public String describe() {
            return "stop " + unit;
        }

        @Override
        public Duration deadline() {
            return Duration.ofMinutes(2);
        }

        @Override
        public Compensation undo() {
            return Compensation.by(way.forward() ? new StartUnit(unit) : new StopUnit(unit));
        }
    }

    record RestartUnit(String unit, Direction way) implements Action {
        public RestartUnit(String unit) {
            this(unit, Direction.FORWARD);
        }

        @Override
        public String describe() {
            return "restart " + unit;
        }

        @Override
        public Duration deadline() {
            return Duration.ofMinutes(2);
        }

        @Override
        public Compensation undo() {
            return way.backward() ? Compensation.by(new RestartUnit(unit, Direction.FORWARD)) : new Compensation.Nothing("it runs as before");
        }
    }

    /** systemctl daemon-reload; its own inverse, since unit files go back before it runs again. */
    record ReloadUnits(Direction way) implements Action {
        @Override
        public String describe() {
            return "reload systemd's unit files";
        }

        @Override
        public Compensation undo() {
            return way.backward()
                    ? Compensation.by(new ReloadUnits(Direction.FORWARD))
                    : new Compensation.Nothing("unit files did not change");
        }
    }

    /**
     * Asks the runtime to end a container whose manifest is gone already, instead of waiting for the kubelet: SIGTERM,
     * then SIGKILL after the grace. No such container is success.
     */
    record StopContainer(String name, Duration grace) implements Action {
        @Override
        public String describe() {
            return "stop container " + name;
        }

        @Override
        public Duration deadline() {
            return grace.plusSeconds(30);
        }

        @Override
        public Compensation undo() {
            return new Compensation.Nothing("the kubelet starts it again once its manifest is back");
        }
    }

    /** Gives a tree the owner, mode (of its top) and SELinux label of another path. */
    record MatchAttributes(String path, Attributes attributes, Optional<String> labelOf) implements Action {
        @Override
        public String describe() {
            return "set owner and mode of " + path + " (" + attributes + ")";
        }

        @Override
        public Compensation undo() {
            return new Compensation.Nothing("it lies in the run's own folder");
        }
    }

    /** Any program. Its author says what taking it back means. */
    record RunProgram(List<String> argv, Optional<String> workingFolder, Duration deadline, Effect effect)
            implements Action {
        public RunProgram {
            argv = List.copyOf(argv);
            if (argv.isEmpty()) {
                throw new IllegalArgumentException("a program needs a name");
            }
        }

        @Override
        public String describe() {
            return "run `" + String.join(" ", argv) + "`";
        }

        @Override
        public boolean mutates() {
            return !(effect instanceof Effect.ReadOnly);
        }

        @Override
        public Compensation undo() {
            return switch (effect) {
                case Effect.ReadOnly() -> new Compensation.Nothing("it only reads");
                case Effect.Undone(var by) ->
                    // It changes the node, so it needs the lock as any act does.
                    Compensation.by(new RunProgram(by, workingFolder, deadline, new Effect.Irreversible()));
                case Effect.Irreversible() -> new Compensation.Impossible("its author declared it irreversible");
            };
        }
    }

    /** What a {@link RunProgram} does to a node, as its author declares it. */
    sealed interface Effect {
        record ReadOnly() implements Effect {}

        record Undone(List<String> by) implements Effect {
            public Undone {
                by = List.copyOf(by);
            }
        }

        record Irreversible() implements Effect {}
    }

    /**
     * Waits until a probe holds. With {@link Direction#BACKWARD} it is passed over on the way forward and waited for on the
     * way back: placed before an act, it is what must hold again once that act is undone.
     */
    record Await(Probe probe, Duration deadline, Direction way) implements Action {
        @Override
        public String describe() {
            return "wait until " + probe.describe();
        }

        @Override
        public boolean mutates() {
            return false;
        }

        @Override
        public Compensation undo() {
            return way.backward()
                    ? Compensation.by(new Await(probe, deadline, Direction.FORWARD))
                    : new Compensation.Nothing("it only waits");
        }
    }
}
