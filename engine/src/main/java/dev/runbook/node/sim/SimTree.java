package dev.runbook.node.sim;

import dev.runbook.facts.FileFacts;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Attributes;
import dev.runbook.model.Failure;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.TransferAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Paths of a simulated node. Every action does, refuses and calls done already just what its function in files.sh does. */
public final class SimTree {
    private static final String SPOILED = "?";

    /** What stands at a path; two names of one inode are one file. */
    public record Thing(int inode, String content, Attributes attributes) {
        /** What a member has, whose it is written in it. */
        public boolean isMemberData() {
            return folder() && content.contains("@");
        }

        public boolean folder() {
            return isFolder(content);
        }
    }

    /** What no text file begins with; behind it and a colon stands whose data the folder holds. */
    static final String FOLDER = "\0folder";

    /** A file of this machine that was sent here. */
    record Sent(Path source, long size) {}

    private static final String MARKER = ".restored";

    private final TreeMap<String, Thing> things = new TreeMap<>();
    private final Map<String, Sent> sent = new HashMap<>();
    private int inodes;

    /** All of it, to be compared with later. */
    public Map<String, Thing> all() {
        return new TreeMap<>(things);
    }

    public boolean there(String path) {
        return path.equals("/") || things.containsKey(path);
    }

    public Optional<String> content(String path) {
        return Optional.ofNullable(things.get(path)).map(Thing::content);
    }

    Optional<Thing> thing(String path) {
        return Optional.ofNullable(things.get(path));
    }

    /** The file that stands behind a content which is the SHA-256 of what was sent. */
    Optional<Sent> sent(String content) {
        return Optional.ofNullable(sent.get(content));
    }

    static boolean isFolder(String content) {
        return content.startsWith(FOLDER);
    }

    /** Names in a folder, sorted. */
    List<String> names(String path) {
        return things.keySet().stream()
                .filter(other -> other.length() > path.length() + 1
                        && other.startsWith(path + "/")
                        && other.indexOf('/', path.length() + 1) < 0)
                .map(other -> other.substring(path.length() + 1))
                .toList();
    }

    /** Puts a thing where it is wanted, with all folders above it. */
    public void setUp(String path, String content, Attributes attributes) {
        var parent = parent(path);
        if (!there(parent)) {
            setUp(parent, FOLDER, new Attributes("0755", 0, 0));
        }
        put(path, content, attributes);
    }

    /** What a member has there is not what it was made from. */
    void damage(String path) {
        var before = things.get(path);
        if (before != null) {
            things.put(
                    path,
                    new Thing(before.inode(), before.content() + SimCluster.Running.DAMAGED, before.attributes()));
        }
    }

    /** A member's database is not one any more: whoever starts on it dies. */
    public void spoil(String path) {
        var before = Optional.ofNullable(things.get(path)).orElseThrow();
        things.put(path, new Thing(before.inode(), before.content() + SPOILED, before.attributes()));
    }

    static boolean isSpoiled(Optional<String> content) {
        return content.filter(text -> text.endsWith(SPOILED)).isPresent();
    }

    public void remove(String path) {
        things.remove(path);
    }

    private void put(String path, String content, Attributes attributes) {
        things.put(path, new Thing(++inodes, content, attributes));
    }

    ActionResult makeFolder(FileAction.MakeFolder make) {
        var before = things.get(make.path());
        if (before != null) {
            return before.folder() ? already() : refused(make.path() + " is there and is no folder");
        }
        if (!there(parent(make.path()))) {
            return refused("the folder " + parent(make.path()) + " is not there");
        }
        put(make.path(), FOLDER, make.attributes());
        return done();
    }

    ActionResult removeEmptyFolder(String path) {
        var before = things.get(path);
        if (before != null && !before.folder()) {
            return refused(path + " is no folder");
        }
        boolean holds = things.keySet().stream().anyMatch(other -> other.startsWith(path + "/"));
        if (!there(path) || holds) {
            return already();
        }
        things.remove(path);
        return done();
    }

    ActionResult move(String from, String to) {
        if (!there(from)) {
            return there(to) ? already() : refused("neither " + from + " nor " + to + " is there");
        }
        if (there(to)) {
            return refused("both " + from + " and " + to + " are there");
        }
        if (!there(parent(to))) {
            return refused("the folder " + parent(to) + " is not there");
        }
        rename(from, to);
        return done();
    }

    private void rename(String from, String to) {
        Map.copyOf(things).forEach((path, thing) -> {
            if (path.equals(from) || path.startsWith(from + "/")) {
                things.remove(path);
                things.put(to + path.substring(from.length()), thing);
            }
        });
    }

    ActionResult createFile(FileAction.CreateFile create) {
        if (there(create.path())) {
            return content(create.path()).equals(Optional.of(create.content()))
                    ? already()
                    : refused(create.path() + " is there already, with another content");
        }
        for (var parent : List.of(parent(create.path()), parent(create.aside()))) {
            if (!there(parent)) {
                return refused("the folder " + parent + " is not there");
            }
        }
        put(create.path(), create.content(), create.attributes());
        return done();
    }

    ActionResult replaceFile(FileAction.ReplaceFile replace, boolean onlyHalf) {
        var before = things.get(replace.path());
        if (before == null) {
            return refused(replace.path() + " is not there");
        }
        var kept = things.get(replace.kept());
        if (kept != null && kept.inode() != before.inode()) {
            return before.content().equals(replace.content())
                    ? already()
                    : refused(replace.kept() + " is there already");
        }
        if (!FileFacts.sha256(before.content()).equals(replace.expectedSha256())) {
            return refused(replace.path() + " is not the file that the plan was made for: its SHA-256 is another");
        }
        if (!there(parent(replace.kept()))) {
            return refused("the folder " + parent(replace.kept()) + " is not there");
        }
        things.put(replace.kept(), before);
        if (!onlyHalf) {
            put(replace.path(), replace.content(), replace.attributes());
        }
        return done();
    }

    ActionResult undoReplaceFile(FileAction.UndoReplaceFile back) {
        var kept = things.remove(back.kept());
        if (kept == null) {
            return there(back.path()) ? already() : refused("neither " + back.kept() + " nor " + back.path());
        }
        things.put(back.path(), kept);
        return done();
    }

    ActionResult placeFile(FileAction.PlaceFile place) {
        var staged = things.get(place.staged());
        if (staged == null) {
            return there(place.path()) ? already() : refused("neither " + place.staged() + " nor " + place.path());
        }
        var before = things.get(place.path());
        if (before != null) {
            if (there(place.kept())) {
                return refused(place.kept() + " is there already");
            }
            things.put(place.kept(), before);
        } else {
            put(place.kept() + ".none", "", Attributes.PRIVATE_FILE);
        }
        rename(place.staged(), place.path());
        return done();
    }

    ActionResult undoPlaceFile(FileAction.UndoPlaceFile away) {
        if (there(away.staged())) {
            return already();
        }
        if (!there(away.kept()) && !there(away.kept() + ".none")) {
            return already();
        }
        if (!there(away.path())) {
            return refused("neither " + away.path() + " nor " + away.staged());
        }
        rename(away.path(), away.staged());
        if (there(away.kept())) {
            rename(away.kept(), away.path());
        }
        return done();
    }

    ActionResult send(TransferAction.SendFile send, boolean onlyHalf) {
        if (there(send.path())) {
            return content(send.path()).equals(Optional.of(send.sha256()))
                    ? already()
                    : refused(send.path() + " is there already, with another content");
        }
        if (!there(parent(send.path()))) {
            return refused("the folder " + parent(send.path()) + " is not there");
        }
        sent.put(send.sha256(), new Sent(send.source(), send.size()));
        put(onlyHalf ? send.path() + ".part" : send.path(), send.sha256(), send.attributes());
        return done();
    }

    /**
     * Makes a member's data.
     *
     * @param who it is, as {@code memberId@clusterId}
     */
    ActionResult restored(EtcdDataAction.RestoreData restore, String who, boolean onlyHalf) {
        var data = restore.dataDir();
        if (onlyHalf) {
            put(data + ".part", FOLDER, restore.attributes());
            return done();
        }
        put(data, FOLDER, restore.attributes());
        put(data + "/member", FOLDER + ":" + who, restore.attributes());
        restore.walDir().ifPresent(wal -> put(wal, FOLDER + ":" + who, restore.attributes()));
        put(data + MARKER, restore.member().token(), Attributes.PRIVATE_FILE);
        return done();
    }

    /** What to say of a restore that cannot begin, or need not; empty when it can. */
    Optional<ActionResult> beforeRestore(EtcdDataAction.RestoreData restore) {
        var data = restore.dataDir();
        if (there(data)) {
            return Optional.of(
                    content(data + MARKER).equals(Optional.of(restore.member().token()))
                            ? already()
                            : refused(data + " is there"));
        }
        return there(restore.snapshot()) && there(parent(data))
                ? Optional.empty()
                : Optional.of(refused(restore.snapshot() + " or the folder for " + data + " is not there"));
    }

    ActionResult matchAttributes(FileAction.MatchAttributes match) {
        var before = things.get(match.path());
        if (before == null) {
            return refused(match.path() + " is not there");
        }
        things.put(match.path(), new Thing(before.inode(), before.content(), match.attributes()));
        return done();
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    static ActionResult done() {
        return new ActionResult.Done(Duration.ZERO);
    }

    static ActionResult already() {
        return new ActionResult.AlreadyDone(Duration.ZERO);
    }

    static ActionResult fenced(String why) {
        return new ActionResult.Fenced(Failure.of(why), Duration.ZERO);
    }

    static ActionResult barred(String why) {
        return new ActionResult.Barred(Failure.of(why), Duration.ZERO);
    }

    static ActionResult failed(String why) {
        return new ActionResult.Failed(Failure.of(why), Duration.ZERO);
    }

    static ActionResult refused(String why) {
        return new ActionResult.Refused(Failure.of(why), Duration.ZERO);
    }
}
