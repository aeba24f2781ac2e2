package dev.runbook.node.shell.script;

import dev.runbook.model.Need;
import java.util.List;
import java.util.Locale;

/** What a component needs to start, as the words that {@code needs.sh} takes. */
final class NeedScript {
    private NeedScript() {}

    static List<String> render(Need need) {
        return switch (need) {
            case Need.AtPath at ->
                List.of(
                        at.shape().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        ScriptArguments.path(at.path()),
                        at.user().orElse(""));
            case Need.Image image -> List.of("image", image.name(), "");
        };
    }
}
