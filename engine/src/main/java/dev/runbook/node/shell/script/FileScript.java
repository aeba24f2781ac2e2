package dev.runbook.node.shell.script;

import dev.runbook.model.action.FileAction;
import java.util.List;

/** File actions as calls of {@code files.sh}. */
final class FileScript {
    private FileScript() {}

    static List<String> render(FileAction action) {
        return switch (action) {
            case FileAction.MakeFolder(var path, var attributes) ->
                List.of(
                        "rb_make_folder",
                        ScriptArguments.path(path),
                        attributes.mode(),
                        Integer.toString(attributes.uid()),
                        Integer.toString(attributes.gid()));
            case FileAction.RemoveEmptyFolder(var path) ->
                List.of("rb_remove_empty_folder", ScriptArguments.path(path));
            case FileAction.MovePath(var from, var to) ->
                List.of("rb_move", ScriptArguments.path(from), ScriptArguments.path(to));
            case FileAction.CreateFile(var path, var content, var attributes, var aside) ->
                List.of(
                        "rb_create_file",
                        ScriptArguments.path(path),
                        content,
                        ScriptArguments.sha256(content),
                        attributes.mode(),
                        ScriptArguments.owner(attributes),
                        ScriptArguments.path(aside));
            case FileAction.ReplaceFile(var path, var content, var attributes, var expected, var kept) ->
                List.of(
                        "rb_replace_file",
                        ScriptArguments.path(path),
                        content,
                        ScriptArguments.sha256(content),
                        attributes.mode(),
                        ScriptArguments.owner(attributes),
                        expected,
                        ScriptArguments.path(kept));
            case FileAction.UndoReplaceFile(var kept, var path) ->
                List.of("rb_undo_replace_file", ScriptArguments.path(kept), ScriptArguments.path(path));
            case FileAction.PlaceFile(var staged, var path, var kept) ->
                List.of(
                        "rb_place_file",
                        ScriptArguments.path(staged),
                        ScriptArguments.path(path),
                        ScriptArguments.path(kept));
            case FileAction.UndoPlaceFile(var path, var kept, var staged) ->
                List.of(
                        "rb_undo_place_file",
                        ScriptArguments.path(path),
                        ScriptArguments.path(kept),
                        ScriptArguments.path(staged));
            case FileAction.MatchAttributes(var path, var attributes, var label) ->
                List.of(
                        "rb_match_attributes",
                        ScriptArguments.path(path),
                        attributes.mode(),
                        ScriptArguments.owner(attributes),
                        label.orElse(""));
        };
    }
}
