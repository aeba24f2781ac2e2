package dev.runbook.node.shell;

import dev.runbook.model.Attributes;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.model.action.TransferAction;
import java.util.ArrayList;
import java.util.List;

/** An action as one call of a function of the prelude. */
final class ActionScript {
    private final String run;
    private final long number;

    /** For the action with this journal number of this run; containers are named by them. */
    ActionScript(String run, long number) {
        this.run = run;
        this.number = number;
    }

    List<String> render(Action action) {
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
                List.of("rb_put_back", ScriptArguments.path(kept), ScriptArguments.path(path));
            case FileAction.PlaceFile(var staged, var path, var kept) ->
                List.of(
                        "rb_place_file",
                        ScriptArguments.path(staged),
                        ScriptArguments.path(path),
                        ScriptArguments.path(kept));
            case FileAction.UndoPlaceFile(var path, var kept, var staged) ->
                List.of(
                        "rb_take_away",
                        ScriptArguments.path(path),
                        ScriptArguments.path(kept),
                        ScriptArguments.path(staged));
            case TransferAction.SendFile(var source, var path, var size, var sha256, var attributes) ->
                List.of("rb_send_begin", ScriptArguments.path(path), sha256);
            case TransferAction.FetchFile(var path, var target, var deadline) ->
                List.of("rb_measure", ScriptArguments.path(path));
            case EtcdDataAction.RestoreData restore -> EtcdScript.restore(restore, container());
            case EtcdDataAction.SaveSnapshot save -> EtcdScript.save(save, container());
            case TransferAction.StreamSnapshot stream ->
                throw new IllegalArgumentException("a snapshot is streamed by this machine, not by sh");
            case ServiceAction.StartUnit(var unit) -> unit("rb_start_unit", unit, action);
            case ServiceAction.StopUnit stop -> unit("rb_stop_unit", stop.unit(), action);
            case ServiceAction.RestartUnit restart -> unit("rb_restart_unit", restart.unit(), action);
            case ServiceAction.ReloadUnits(var way) ->
                List.of("rb_reload_units", ScriptArguments.seconds(action.deadline()));
            case ContainerAction.StopContainer(var name, var grace) ->
                List.of("rb_stop_container", name, ScriptArguments.seconds(grace));
            case FileAction.MatchAttributes(var path, var attributes, var label) ->
                matching(path, attributes, label.orElse(""));
            case RunProgram(var argv, var folder, var deadline, var effect) -> {
                var words =
                        new ArrayList<>(List.of("rb_program", ScriptArguments.seconds(deadline), folder.orElse("")));
                words.addAll(argv);
                yield words;
            }
            case Await(Probe.OnNode probe, var deadline, var way) -> {
                var words = new ArrayList<>(List.of("rb_await", ScriptArguments.seconds(deadline)));
                words.addAll(ProbeScript.render(probe));
                yield words;
            }
            case Await(Probe.Tunnelled probe, var deadline, var way) ->
                throw new IllegalArgumentException("a probe through a tunnel is not for sh: " + probe);
        };
    }

    /** The second half of sending a file, when its bytes are there. */
    static List<String> arrived(TransferAction.SendFile send) {
        return List.of(
                "rb_send_end",
                ScriptArguments.path(send.path()),
                send.sha256(),
                send.attributes().mode(),
                ScriptArguments.owner(send.attributes()));
    }

    /** The name that the node's journal has for an action. */
    static String kind(Action action) {
        return action.getClass().getSimpleName();
    }

    private String container() {
        return "runbook-" + run + "-" + number;
    }

    private static List<String> unit(String function, String unit, Action action) {
        return List.of(function, unit, ScriptArguments.seconds(action.deadline()));
    }

    private static List<String> matching(String path, Attributes attributes, String label) {
        return List.of(
                "rb_match_attributes",
                ScriptArguments.path(path),
                attributes.mode(),
                ScriptArguments.owner(attributes),
                label);
    }
}
