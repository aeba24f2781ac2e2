package dev.runbook.report.live;

import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.ContainerAction.EndContainers.Patience;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.model.action.TransferAction;
import java.util.List;

/** Actions while they are under way, in a few words of the present. */
final class NowText {
    private NowText() {}

    static String of(Action action) {
        return switch (action) {
            case Await await -> of(await.probe());
            case ContainerAction.StopContainers stop -> "stopping " + String.join(", ", stop.containers());
            case ContainerAction.EndContainers end ->
                "waiting for the kubelet to end " + String.join(", ", names(end.containers()));
            case ServiceAction.StartUnit start -> "starting " + start.unit();
            case ServiceAction.StopUnit stop -> "stopping " + stop.unit();
            case ServiceAction.RestartUnit restart -> "restarting " + restart.unit();
            case ServiceAction.ReloadUnits _ -> "reloading systemd's unit files";
            case TransferAction.SendFile send -> "sending " + send.source().getFileName();
            case TransferAction.FetchFile fetch -> "fetching " + fetch.path();
            case TransferAction.StreamSnapshot stream ->
                "streaming a snapshot of " + stream.access().url();
            case EtcdDataAction.RestoreData restore ->
                "restoring " + restore.member().name() + " into " + restore.dataDir();
            case EtcdDataAction.SaveSnapshot save ->
                "saving a snapshot of " + save.access().url();
            case RunProgram run -> "running `" + String.join(" ", run.argv()) + "`";
            case FileAction.MovePath move -> "moving " + move.from();
            // Milliseconds each, so these are read only where a disk or a node hangs.
            case FileAction file -> "at work on: " + file.describe();
        };
    }

    private static List<String> names(List<Patience> containers) {
        return containers.stream().map(Patience::container).toList();
    }

    private static String of(Probe probe) {
        return switch (probe) {
            case Probe.PathPresent present -> "waiting for " + present.path();
            case Probe.PathAbsent absent -> "waiting until " + absent.path() + " is gone";
            case Probe.LockFree free -> "waiting until no process holds " + free.path();
            case Probe.ContainerRunning running -> "waiting for " + running.name() + " to start";
            case Probe.ContainerGone gone -> "waiting for " + gone.name() + " to stop";
            case Probe.CanStart _ -> "checking what is needed to start again";
            case Probe.UnitActive active -> "waiting for " + active.unit() + " to start";
            case Probe.UnitInactive inactive -> "waiting for " + inactive.unit() + " to stop";
            case Probe.UnitShows shows -> "waiting for the " + shows.property() + " of " + shows.unit();
            case Probe.ProgramSucceeds program -> "waiting until `" + String.join(" ", program.argv()) + "` succeeds";
            case Probe.MemberIs member ->
                "waiting for the member at " + member.access().url() + " to be as predicted";
            case Probe.MembersAgree agree -> "waiting for " + agree.members().size() + " members to agree";
            case Probe.HttpsOk https -> "waiting for https://" + https.host() + ":" + https.port() + https.path();
            case Probe.PeerServes peer ->
                "waiting for the member at " + peer.host() + ":" + peer.port() + " to serve its peers";
            case Probe.PeerStopped peer -> "waiting for the member at " + peer.host() + ":" + peer.port() + " to stop";
            case Probe.KeyPresence key -> "waiting until " + key.describe();
        };
    }
}
