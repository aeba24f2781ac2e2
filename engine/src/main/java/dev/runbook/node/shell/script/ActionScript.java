package dev.runbook.node.shell.script;

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

/** An action as one call of a function of the prelude, rendered by its family. */
public final class ActionScript {
    private final String run;
    private final long number;

    /** For the action with this journal number of this run; containers are named by them. */
    public ActionScript(String run, long number) {
        this.run = run;
        this.number = number;
    }

    public List<String> render(Action action) {
        return switch (action) {
            case FileAction file -> FileScript.render(file);
            case TransferAction transfer -> transfer(transfer);
            case EtcdDataAction data -> EtcdScript.render(data, "runbook-" + run + "-" + number);
            case ServiceAction service -> service(service);
            case ContainerAction container -> container(container);
            case RunProgram program -> program(program);
            case Await await -> await(await);
        };
    }

    /** The first half of a transfer, in which the node has a part. */
    private static List<String> transfer(TransferAction action) {
        return switch (action) {
            case TransferAction.SendFile send ->
                List.of("rb_send_begin", ScriptArguments.path(send.path()), send.sha256());
            case TransferAction.FetchFile fetch -> List.of("rb_measure", ScriptArguments.path(fetch.path()));
            case TransferAction.StreamSnapshot _ ->
                throw new IllegalArgumentException("the controller streams a snapshot, and no sh does");
        };
    }

    /** The second half of sending a file, when its bytes are there. */
    public static List<String> arrived(TransferAction.SendFile send) {
        return List.of(
                "rb_send_end",
                ScriptArguments.path(send.path()),
                send.sha256(),
                send.attributes().mode(),
                ScriptArguments.owner(send.attributes()));
    }

    private static List<String> service(ServiceAction action) {
        var seconds = ScriptArguments.seconds(action.deadline());
        return switch (action) {
            case ServiceAction.StartUnit start -> List.of("rb_start_unit", start.unit(), seconds);
            case ServiceAction.StopUnit stop -> List.of("rb_stop_unit", stop.unit(), seconds);
            case ServiceAction.RestartUnit restart -> List.of("rb_restart_unit", restart.unit(), seconds);
            case ServiceAction.ReloadUnits _ -> List.of("rb_reload_units", seconds);
        };
    }

    private static List<String> container(ContainerAction action) {
        return switch (action) {
            case ContainerAction.StopContainers stop -> {
                var words = new ArrayList<>(
                        List.of("rb_stop_containers", stop.kubelet(), ScriptArguments.seconds(stop.grace())));
                words.addAll(stop.containers());
                yield words;
            }
            case ContainerAction.EndContainers end -> {
                var words = new ArrayList<>(
                        List.of("rb_end_containers", end.kubelet(), ScriptArguments.seconds(end.grace())));
                for (var each : end.containers()) {
                    words.add(each.container());
                    words.add(ScriptArguments.seconds(each.patience()));
                }
                yield words;
            }
        };
    }

    private static List<String> program(RunProgram program) {
        var words = new ArrayList<>(List.of(
                "rb_program",
                ScriptArguments.seconds(program.deadline()),
                program.workingFolder().orElse("")));
        words.addAll(program.argv());
        return words;
    }

    private static List<String> await(Await await) {
        return switch (await.probe()) {
            case Probe.OnNode probe -> {
                var words = new ArrayList<>(List.of("rb_await", ScriptArguments.seconds(await.deadline())));
                words.addAll(ProbeScript.render(probe));
                yield words;
            }
            case Probe.Tunnelled probe ->
                throw new IllegalArgumentException("the controller probes through a tunnel, and no sh does: " + probe);
        };
    }
}
