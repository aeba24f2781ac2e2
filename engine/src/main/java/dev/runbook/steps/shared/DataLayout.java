package dev.runbook.steps.shared;

import dev.runbook.facts.DataFacts;
import dev.runbook.facts.MemberFacts;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.FileAction;
import dev.runbook.step.RunIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Paths of a member's new data, and the renames that switch to it. All are on the file system of the live data, so that
 * a switch consists of renames, which need no space.
 *
 * @param workFolder the run's own folder beside the data folder; inside it, where that is a mount point
 * @param prepared the new data folder
 * @param preparedWal the new WAL folder, for a member that keeps it apart
 */
public record DataLayout(
        MemberFacts member,
        String workFolder,
        String prepared,
        Optional<String> walWorkFolder,
        Optional<String> preparedWal) {

    public static DataLayout of(MemberFacts member, RunIdentity run) {
        var work = workFolder(member.data(), run);
        var walWork = member.walDir().map(wal -> workFolder(wal, run));
        return new DataLayout(member, work, work + "/new", walWork, walWork.map(folder -> folder + "/new"));
    }

    private static String workFolder(DataFacts data, RunIdentity run) {
        return data.mountPoint() ? data.path() + "/.runbook-" + run.id() : data.path() + ".runbook-" + run.id();
    }

    /** Folders that the renames need, in order. */
    public List<String> folders() {
        var folders = new ArrayList<String>();
        folders.add(workFolder);
        walWorkFolder.ifPresent(folders::add);
        return folders;
    }

    /** Path of the snapshot on the node until the new data is restored from it. */
    public String uploaded() {
        return workFolder + "/snapshot.db";
    }

    /** Moves the old data to the run's folder and the new data to its place; undone in reverse order. */
    public List<Action> renames() {
        var renames = new ArrayList<Action>();
        if (member.walDir()
                .filter(wal -> wal.path().startsWith(member.data().path() + "/"))
                .isPresent()) {
            throw new IllegalArgumentException("the WAL folder is inside the data folder, and would move with it");
        }
        addRenames(renames, member.data(), workFolder, "member");
        member.walDir().ifPresent(wal -> addRenames(renames, wal, walWorkFolder.orElseThrow(), "wal"));
        return renames;
    }

    private static void addRenames(List<Action> renames, DataFacts data, String work, String inside) {
        if (!data.mountPoint()) {
            if (data.present()) {
                renames.add(new FileAction.MovePath(data.path(), work + "/old"));
            }
            renames.add(new FileAction.MovePath(work + "/new", data.path()));
            return;
        }
        if (!inside.equals("member")) {
            throw new IllegalArgumentException(
                    "a WAL folder that is a mount point cannot be switched by renames: " + data.path());
        }
        if (data.memberPresent()) {
            renames.add(new FileAction.MovePath(data.path() + "/member", work + "/old-member"));
        }
        renames.add(new FileAction.MovePath(work + "/new/member", data.path() + "/member"));
    }
}
