package dev.runbook.node.shell.script;

import dev.runbook.model.Need;
import java.util.List;
import java.util.Locale;

/** What a component needs to start, as the words that {@code needs.sh} takes. */
final class NeedScript {
    private NeedScript() {}

    static List<String> render(Need need) {
        return switch (need) {
            case Need.AtPath(_, var shape, var path, var user) ->
                List.of(
                        shape.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        ScriptArguments.path(path),
                        user.orElse(""));
            case Need.Image(_, var name, _) -> List.of("image", name, "");
        };
    }
}
