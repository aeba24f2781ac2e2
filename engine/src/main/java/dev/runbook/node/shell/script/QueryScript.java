package dev.runbook.node.shell.script;

import dev.runbook.model.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A query as a call of a function of the prelude. */
public final class QueryScript {
    private QueryScript() {}

    /**
     * One call.
     *
     * @param deadline for queries that may read much
     */
    public static List<String> render(Query query, Duration deadline) {
        return switch (query) {
            case Query.WhoAmI() -> List.of("rb_who_am_i");
            case Query.Stat(var path) -> List.of("rb_stat", ScriptArguments.path(path));
            // One byte more than allowed tells that there is more.
            case Query.ReadText(var path, var maximum) ->
                List.of("rb_read_text", ScriptArguments.path(path), Long.toString(maximum + 1L));
            case Query.ListFolder(var path) -> List.of("rb_list_folder", ScriptArguments.path(path));
            case Query.FreeSpace(var path) -> List.of("rb_free_space", ScriptArguments.path(path));
            case Query.TreeSize(var path) ->
                List.of("rb_tree_size", ScriptArguments.path(path), ScriptArguments.seconds(deadline));
            case Query.Digest(var path) ->
                List.of("rb_file_digest", ScriptArguments.path(path), ScriptArguments.seconds(deadline));
            case Query.UnitProperties(var unit, var names) ->
                List.of("rb_unit_properties", unit, String.join(",", names));
            case Query.FindTool(var program, var versionArguments) -> {
                var words = new ArrayList<>(List.of("rb_find_tool", program));
                words.addAll(versionArguments);
                yield words;
            }
            case Query.LackOf(var need) -> {
                var words = new ArrayList<>(List.of("rb_tell_lack"));
                words.addAll(NeedScript.render(need));
                yield words;
            }
            case Query.RunningContainers() -> List.of("rb_running_containers");
        };
    }
}
