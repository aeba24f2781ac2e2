package dev.runbook.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.model.Answer;
import dev.runbook.model.Query;
import dev.runbook.model.action.FileAction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** File actions of the node contract: each is done, done again, undone and undone again, and refused where it must be. */
public abstract class FileActionContract extends NodeContract {
    @Test
    void aFolderIsMadeAndRemoved() throws Exception {
        var path = folder() + "/new";
        everyWay(new FileAction.MakeFolder(path, file("0750")));
        done(new FileAction.MakeFolder(path, file("0750")));
        assertThat(ask(new Query.Stat(path))).isInstanceOfSatisfying(Answer.PathInfo.class, info -> {
            assertThat(info.kind()).isEqualTo(Answer.Kind.FOLDER);
            assertThat(info.attributes().mode()).isEqualTo("0750");
        });
    }

    @Test
    void aFolderThatHoldsSomethingStays() throws Exception {
        var path = folder() + "/new";
        done(new FileAction.MakeFolder(path, file("0700")));
        make(path + "/file", "x");
        alreadyDone(new FileAction.RemoveEmptyFolder(path));
        assertThat(read(path + "/file")).isEqualTo("x");
    }

    @Test
    void aFolderIsNotMadeOverAFileNorInANonexistentOne() throws Exception {
        make(folder() + "/file", "x");
        refused(new FileAction.MakeFolder(folder() + "/file", file("0700")), "/file", "no folder");
        refused(new FileAction.MakeFolder(folder() + "/no/such", file("0700")), "/no", "not there");
        refused(new FileAction.RemoveEmptyFolder(folder() + "/file"), "no folder");
        assertThat(read(folder() + "/file")).isEqualTo("x");
    }

    @Test
    void aPathIsMovedThereAndBack() throws Exception {
        make(folder() + "/from", "content");
        var move = new FileAction.MovePath(folder() + "/from", folder() + "/to");
        everyWay(move);
        done(move);
        assertThat(read(folder() + "/to")).isEqualTo("content");
        assertThat(there(folder() + "/from")).isFalse();
    }

    @Test
    void aMoveIsRefusedWhenBothOrNeitherAreThere() throws Exception {
        var move = new FileAction.MovePath(folder() + "/from", folder() + "/to");
        refused(move, "neither");
        make(folder() + "/from", "one");
        make(folder() + "/to", "two");
        refused(move, "both");
        assertThat(read(folder() + "/from") + read(folder() + "/to")).isEqualTo("onetwo");
    }

    @Test
    void oddNamesAreNamesLikeOthers() throws Exception {
        var odd = folder() + "/" + ODD;
        done(new FileAction.MakeFolder(odd, file("0700")));
        var create = new FileAction.CreateFile(odd + "/-n", "it's\n$HOME `id`\n\n", file("0640"), odd + "/aside");
        everyWay(create);
        done(new FileAction.MovePath(odd + "/aside", odd + "/-n"), new FileAction.MovePath(odd, odd + "2"));
        assertThat(read(odd + "2/-n")).isEqualTo("it's\n$HOME `id`\n\n");
        assertThat(ask(new Query.ListFolder(folder()))).isEqualTo(new Answer.Names(List.of(ODD + "2")));
    }

    @Test
    void aFileIsCreatedOnce() throws Exception {
        var create = new FileAction.CreateFile(folder() + "/file", "text\n", file("0640"), folder() + "/aside");
        everyWay(create);
        assertThat(read(folder() + "/aside")).isEqualTo("text\n");
        make(folder() + "/file", "of another program");
        refused(create, "another content");
        assertThat(read(folder() + "/file")).isEqualTo("of another program");
    }

    @Test
    void aFileIsReplacedAndTheReplacementUndone() throws Exception {
        make(folder() + "/file", "old\n");
        var replace = replace("old\n", "new\n");
        done(replace);
        alreadyDone(replace);
        assertThat(read(folder() + "/file")).isEqualTo("new\n");
        assertThat(read(folder() + "/kept")).isEqualTo("old\n");
        done(undo(replace));
        alreadyDone(undo(replace));
        assertThat(read(folder() + "/file")).isEqualTo("old\n");
        assertThat(there(folder() + "/kept")).isFalse();
    }

    @Test
    void aFileIsPlacedOverAnotherAndUndone() throws Exception {
        make(folder() + "/file", "old\n");
        make(folder() + "/staged", "new\n");
        var place = new FileAction.PlaceFile(folder() + "/staged", folder() + "/file", folder() + "/kept");
        done(place);
        alreadyDone(place);
        assertThat(read(folder() + "/file")).isEqualTo("new\n");
        assertThat(read(folder() + "/kept")).isEqualTo("old\n");
        done(undo(place));
        alreadyDone(undo(place));
        assertThat(read(folder() + "/file")).isEqualTo("old\n");
        assertThat(read(folder() + "/staged")).isEqualTo("new\n");
    }

    @Test
    void aFileIsPlacedWhereNothingWasAndUndone() throws Exception {
        var place = new FileAction.PlaceFile(folder() + "/staged", folder() + "/file", folder() + "/kept");
        refused(place, "neither");
        make(folder() + "/staged", "new\n");
        done(place);
        assertThat(there(folder() + "/kept")).isFalse();
        done(undo(place));
        alreadyDone(undo(place));
        assertThat(there(folder() + "/file")).isFalse();
        assertThat(read(folder() + "/staged")).isEqualTo("new\n");
    }

    /** A controller that died before anything was staged does not know that: the earlier file is not ours to take. */
    @Test
    void aFileThatWasNeverPlacedStaysWhereItIs() throws Exception {
        make(folder() + "/file", "old\n");
        var place = new FileAction.PlaceFile(folder() + "/staged", folder() + "/file", folder() + "/kept");
        alreadyDone(undo(place));
        assertThat(read(folder() + "/file")).isEqualTo("old\n");
    }

    @Test
    void aFileThatIsNotTheOnePlannedForStays() throws Exception {
        make(folder() + "/file", "edited by hand\n");
        refused(replace("old\n", "new\n"), "/file", "SHA-256");
        assertThat(read(folder() + "/file")).isEqualTo("edited by hand\n");
        assertThat(there(folder() + "/kept")).isFalse();
    }

    protected FileAction.ReplaceFile replace(String before, String after) {
        return new FileAction.ReplaceFile(
                folder() + "/file", after, file("0600"), Hashes.sha256(before), folder() + "/kept");
    }
}
