package dev.runbook.node.sim;

import dev.runbook.model.ActionResult;
import dev.runbook.model.action.FileAction;

/** What file actions do to a simulated node. */
final class SimFileActions {
    private final SimNode node;
    private final SimTree tree;

    SimFileActions(SimNode node) {
        this.node = node;
        this.tree = node.tree;
    }

    ActionResult apply(FileAction action, boolean half) {
        return switch (action) {
            case FileAction.MakeFolder make -> tree.makeFolder(make);
            case FileAction.RemoveEmptyFolder remove -> tree.removeEmptyFolder(remove.path());
            case FileAction.MovePath move -> move(move);
            case FileAction.CreateFile create -> tree.createFile(create);
            case FileAction.ReplaceFile replace -> tree.replaceFile(replace, half);
            case FileAction.UndoReplaceFile undo -> tree.undoReplaceFile(undo);
            case FileAction.PlaceFile place -> tree.placeFile(place);
            case FileAction.UndoPlaceFile undo -> tree.undoPlaceFile(undo);
            case FileAction.MatchAttributes match -> tree.matchAttributes(match);
        };
    }

    private ActionResult move(FileAction.MovePath move) {
        if (node.services.disturbs(move.from()) || node.services.disturbs(move.to())) {
            node.cluster().violation(node.name() + " moves " + move.from() + " below a running member");
        }
        return tree.move(move.from(), move.to());
    }
}
