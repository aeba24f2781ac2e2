package dev.runbook.node.shell.script;

import dev.runbook.model.Probe;
import java.util.ArrayList;
import java.util.List;

/** A probe as a call of a function of the prelude: status 0 when it holds, else it prints what there is. */
public final class ProbeScript {
    private ProbeScript() {}

    public static List<String> render(Probe.OnNode probe) {
        return switch (probe) {
            case Probe.PathPresent(var path) -> List.of("rb_is_present", ScriptArguments.path(path));
            case Probe.PathAbsent(var path) -> List.of("rb_is_absent", ScriptArguments.path(path));
            case Probe.LockFree(var path) -> List.of("rb_is_lock_free", ScriptArguments.path(path));
            case Probe.ContainerRunning(var name) -> List.of("rb_is_container_running", name);
            case Probe.ContainerGone(var name) -> List.of("rb_is_container_gone", name);
            case Probe.UnitActive(var unit) -> List.of("rb_is_unit_active", unit);
            case Probe.UnitInactive(var unit) -> List.of("rb_is_unit_inactive", unit);
            case Probe.UnitShows(var unit, var property, var text) -> List.of("rb_shows_unit", unit, property, text);
            case Probe.CanStart(var needs) -> {
                var words = new ArrayList<>(List.of("rb_is_startable"));
                needs.forEach(need -> words.addAll(NeedScript.render(need)));
                yield words;
            }
            case Probe.ProgramSucceeds(var argv) -> {
                var words = new ArrayList<>(List.of("rb_is_success"));
                words.addAll(argv);
                yield words;
            }
        };
    }
}
