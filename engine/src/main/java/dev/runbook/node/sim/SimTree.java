package dev.runbook.node.sim;

import dev.runbook.facts.FileFacts;
import dev.runbook.model.Action;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Attributes;
import dev.runbook.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Paths of a node in memory. Every action does, refuses and calls done already just what its function in files.sh does. */
public final class SimTree {
    /** What stands at a path; two names of one inode are one file. */
    public record Thing(int inode, String content, Attributes attributes) {
        /** What a member has, whose it is written in it. */
        public boolean isMemberData() {
            return folder() && content.contains("@");
        }

        public boolean folder() {
            return content.startsWith(FOLDER);
        }
    }

    static final String FOLDER = "folder";

    private final TreeMap<String, Thing> things = new TreeMap<>();
    private int inodes;

    /** All of it, to be compared with later. */
    public Map<String, Thing> all() {
        return new TreeMap<>(things);
    }

    boolean there(String path) {
        return path.equals("/") || things.containsKey(path);
    }

    public Optional<String> content(String path) {
        return Optional.ofNullable(things.get(path)).map(Thing::content);
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

    public void remove(String path) {
        things.remove(path);
    }

    private void put(String path, String content, Attributes attributes) {
        things.put(path, new Thing(++inodes, content, attributes));
    }

    ActionResult makeFolder(Action.MakeFolder make) {
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

    ActionResult createFile(Action.CreateFile create) {
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

    ActionResult replaceFile(Action.ReplaceFile replace, boolean onlyHalf) {
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
            return refused(replace.path() + " is not the file that the plan was made for");
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

    ActionResult putBack(Action.PutBack back) {
        var kept = things.remove(back.kept());
        if (kept == null) {
            return there(back.path()) ? already() : refused("neither " + back.kept() + " nor " + back.path());
        }
        things.put(back.path(), kept);
        return done();
    }

    ActionResult placeFile(Action.PlaceFile place) {
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

    ActionResult takeAway(Action.TakeAway away) {
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

    ActionResult send(Action.SendFile send, boolean onlyHalf) {
        if (there(send.path())) {
            return content(send.path()).equals(Optional.of(send.sha256()))
                    ? already()
                    : refused(send.path() + " is there already, with another content");
        }
        if (!there(parent(send.path()))) {
            return refused("the folder " + parent(send.path()) + " is not there");
        }
        put(onlyHalf ? send.path() + ".part" : send.path(), send.sha256(), send.attributes());
        return done();
    }

    ActionResult restore(Action.RestoreData restore, boolean onlyHalf) {
        var data = restore.dataDir();
        var marker = data + ".restored";
        if (there(data)) {
            return content(marker).equals(Optional.of(restore.member().token()))
                    ? already()
                    : refused(data + " is there");
        }
        if (!there(restore.snapshot()) || !there(parent(data))) {
            return refused(restore.snapshot() + " or the folder for " + data + " is not there");
        }
        if (onlyHalf) {
            put(data + ".part", FOLDER, restore.attributes());
            return done();
        }
        var who = restore.member().memberId() + "@" + restore.member().clusterId();
        put(data, FOLDER, restore.attributes());
        put(data + "/member", FOLDER + ":" + who, restore.attributes());
        restore.walDir().ifPresent(wal -> put(wal, FOLDER + ":" + who, restore.attributes()));
        put(marker, restore.member().token(), Attributes.PRIVATE_FILE);
        return done();
    }

    ActionResult matchAttributes(Action.MatchAttributes match) {
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

    static ActionResult barred(String why) {
        return new ActionResult.Barred(Failure.of(why), Duration.ZERO);
    }

    static ActionResult refused(String why) {
        return new ActionResult.Refused(Failure.of(why), Duration.ZERO);
    }
}
