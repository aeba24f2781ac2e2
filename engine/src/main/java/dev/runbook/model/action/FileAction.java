package dev.runbook.model.action;

import dev.runbook.model.Attributes;
import dev.runbook.model.NodeState;
import dev.runbook.model.PathState;
import dev.runbook.model.Probe;
import java.util.Optional;

/** Files and folders of the node: made, moved, written, replaced. The node does these alone and within milliseconds. */
public sealed interface FileAction extends Action {
    @Override
    default boolean worksOutside() {
        return false;
    }

    /** A rename needs no space on the disk. */
    @Override
    default boolean needsSpace() {
        return false;
    }

    /** Makes one folder; its parent must be there. */
    record MakeFolder(String path, Attributes attributes) implements FileAction {
        @Override
        public String describe() {
            return "make folder " + path + " (" + attributes + ")";
        }

        @Override
        public boolean needsSpace() {
            return true;
        }

        @Override
        public Compensation compensation() {
            return Compensation.by(new RemoveEmptyFolder(path));
        }

        @Override
        public NodeState effectOn(NodeState before) {
            return before.with(path, new PathState.Folder(attributes, Optional.empty()));
        }
    }

    /** Undoes {@link MakeFolder}: a folder that holds files stays, and that is success. */
    record RemoveEmptyFolder(String path) implements FileAction {
        @Override
        public String describe() {
            return "remove folder " + path + " if it is empty";
        }

        @Override
        public Compensation compensation() {
            return new Compensation.Nothing("only an empty folder goes");
        }

        @Override
        public NodeState effectOn(NodeState before) {
            return before.with(path, new PathState.Absent());
        }
    }

    /** Renames within one file system; the target must not be there. */
    record MovePath(String from, String to) implements FileAction {
        @Override
        public String describe() {
            return "move " + from + " to " + to;
        }

        @Override
        public Compensation compensation() {
            return Compensation.by(new MovePath(to, from));
        }

        @Override
        public Optional<Probe> neverPerformed() {
            return Optional.of(new Probe.PathPresent(from));
        }

        @Override
        public NodeState effectOn(NodeState before) {
            return before.moved(from, to);
        }
    }

    /** Writes a file that was not there; undone by moving it to {@code aside}. */
    record CreateFile(String path, String content, Attributes attributes, String aside) implements FileAction {
        @Override
        public String describe() {
            return "write " + path + " (" + attributes + ")";
        }

        @Override
        public boolean needsSpace() {
            return true;
        }

        @Override
        public Compensation compensation() {
            return Compensation.by(new MovePath(path, aside));
        }

        @Override
        public Optional<Probe> neverPerformed() {
            return Optional.of(new Probe.PathAbsent(path));
        }

        @Override
        public NodeState effectOn(NodeState before) {
            return before.with(path, new PathState.TextFile(content, attributes));
        }
    }

    /**
     * Replaces a file in one rename, after retaining the old one, the very inode, as {@code kept}: a path on the same
     * file system whose folder is there.
     *
     * @param expectedSha256 of the file as planned against; another content is a failure
     */
    record ReplaceFile(String path, String content, Attributes attributes, String expectedSha256, String kept)
            implements FileAction {
        @Override
        public String describe() {
            return "edit " + path;
        }

        @Override
        public boolean needsSpace() {
            return true;
        }

        @Override
        public Compensation compensation() {
            return Compensation.by(new UndoReplaceFile(kept, path));
        }

        @Override
        public NodeState effectOn(NodeState before) {
            return before.with(kept, before.at(path).orElse(new PathState.OtherFile(attributes)))
                    .with(path, new PathState.TextFile(content, attributes));
        }
    }

    /** Undoes {@link ReplaceFile}: the retained file gets its name back, whatever is there now. */
    record UndoReplaceFile(String kept, String path) implements FileAction {
        @Override
        public String describe() {
            return "undo the edit of " + path;
        }

        @Override
        public Compensation compensation() {
            return new Compensation.Nothing("it is a compensation itself");
        }

        @Override
        public NodeState effectOn(NodeState before) {
            return before.moved(kept, path);
        }
    }

    /**
     * Moves a staged file to its place, in one rename; what was there, the very inode, is retained. All three lie on one
     * file system.
     */
    record PlaceFile(String staged, String path, String kept) implements FileAction {
        @Override
        public String describe() {
            return "place " + path;
        }

        @Override
        public Compensation compensation() {
            return Compensation.by(new UndoPlaceFile(path, kept, staged));
        }

        @Override
        public Optional<Probe> neverPerformed() {
            return Optional.of(new Probe.PathAbsent(path));
        }

        @Override
        public NodeState effectOn(NodeState before) {
            return (before.present(path) ? before.moved(path, kept) : before).moved(staged, path);
        }
    }

    /** Undoes {@link PlaceFile}: the file moves back to where it was staged, and the retained one to its place. */
    record UndoPlaceFile(String path, String kept, String staged) implements FileAction {
        @Override
        public String describe() {
            return "undo the placing of " + path;
        }

        @Override
        public Compensation compensation() {
            return new Compensation.Nothing("it is a compensation itself");
        }

        @Override
        public NodeState effectOn(NodeState before) {
            var undone = before.moved(path, staged);
            return undone.present(kept) ? undone.moved(kept, path) : undone;
        }
    }

    /** Gives a tree the owner, mode (of its top) and SELinux label of another path. */
    record MatchAttributes(String path, Attributes attributes, Optional<String> labelOf) implements FileAction {
        @Override
        public String describe() {
            return "set owner and mode of " + path + " (" + attributes + ")";
        }

        @Override
        public Compensation compensation() {
            return new Compensation.Nothing("the path lies in the run's own folder");
        }
    }
}
