package dev.runbook.node.shell.script;

import dev.runbook.model.Attributes;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.EtcdTool;
import dev.runbook.model.MemberSpec;
import dev.runbook.model.Need;
import dev.runbook.model.Probe;
import dev.runbook.model.Query;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.ContainerAction.EndContainers.Patience;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.RunProgram.ProgramEffect;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.model.action.TransferAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One or more of every action, probe and query. */
final class Examples {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Attributes FILE = Attributes.PRIVATE_FILE;
    private static final EtcdAccess ACCESS = new EtcdAccess(
            "127.0.0.1",
            2379,
            Optional.of(new EtcdAccess.TlsFiles(
                    Optional.of("/etc/kubernetes/pki/etcd/ca.crt"),
                    Optional.of(new EtcdAccess.Identity(
                            "/etc/kubernetes/pki/etcd/server.crt", "/etc/kubernetes/pki/etcd/server.key")))));
    private static final EtcdTool IMAGE = new EtcdTool.InImage("etcdutl", "registry.k8s.io/etcd:3.5.16-0");
    private static final EtcdTool HOST = new EtcdTool.OnHost("etcdctl", "/usr/bin/etcdctl");
    private static final MemberSpec MEMBER = new MemberSpec(
            "cp1",
            List.of("https://10.0.0.1:2380"),
            "cp1=https://10.0.0.1:2380,cp2=https://10.0.0.2:2380",
            "runbook-20260101",
            OptionalLong.of(1_000_000),
            "8211f1d0f64f3269",
            "cdf818194e3a8c32",
            1_000_100,
            OptionalLong.empty());

    private Examples() {}

    static List<Action> actions() {
        return List.of(
                new FileAction.MakeFolder("/var/lib/runbook/runs/r1/kept", Attributes.PRIVATE_FOLDER),
                new FileAction.RemoveEmptyFolder("/var/lib/runbook/runs/r1/kept"),
                new FileAction.MovePath("/var/lib/etcd", "/var/lib/etcd.old"),
                new FileAction.CreateFile("/etc/a file", "it's\ntwo lines\n", FILE, "/etc/aside"),
                new FileAction.ReplaceFile("/etc/conf", "new\n", FILE, "0".repeat(64), "/var/kept/conf"),
                new FileAction.UndoReplaceFile("/var/kept/conf", "/etc/conf"),
                new FileAction.PlaceFile("/etc/.run/conf", "/etc/conf", "/etc/.run/conf.before"),
                new FileAction.UndoPlaceFile("/etc/conf", "/etc/.run/conf.before", "/etc/.run/conf"),
                new TransferAction.SendFile(Path.of("/tmp/snap.db"), "/var/snap.db", 20_512, "1".repeat(64), FILE),
                new TransferAction.FetchFile("/var/snap.db", Path.of("/tmp/snap.db"), MINUTE),
                restore(HOST, Optional.of("/var/lib/etcd-wal")),
                restore(IMAGE, Optional.empty()),
                new EtcdDataAction.SaveSnapshot(HOST, ACCESS, "/var/snap.db", MINUTE),
                new EtcdDataAction.SaveSnapshot(IMAGE, ACCESS, "/var/snap.db", MINUTE),
                new TransferAction.StreamSnapshot(ACCESS, Path.of("/tmp/snap.db"), MINUTE),
                new ServiceAction.StartUnit("etcd.service"),
                new ServiceAction.StopUnit("etcd.service"),
                new ServiceAction.RestartUnit("kubelet.service"),
                new ServiceAction.ReloadUnits(Direction.FORWARD),
                new ContainerAction.StopContainers(
                        "kubelet.service",
                        List.of("kube-apiserver", "kube-scheduler"),
                        Duration.ofSeconds(5),
                        Direction.FORWARD),
                new ContainerAction.EndContainers(
                        "kubelet.service",
                        List.of(
                                new Patience("kube-scheduler", Duration.ofSeconds(10)),
                                new Patience("kube-apiserver", Duration.ofSeconds(40))),
                        Duration.ofSeconds(30),
                        Direction.FORWARD),
                new FileAction.MatchAttributes(
                        "/var/lib/etcd", Attributes.PRIVATE_FOLDER, Optional.of("/var/lib/etcd.old")),
                new RunProgram(
                        List.of("kubectl", "get nodes"), Optional.of("/root"), MINUTE, new ProgramEffect.ReadOnly()),
                new Await(new Probe.ContainerGone("etcd"), MINUTE, Direction.FORWARD),
                new Await(new Probe.HttpsOk("10.0.0.1", 6443, "/readyz", Optional.empty()), MINUTE, Direction.FORWARD));
    }

    private static Action restore(EtcdTool tool, Optional<String> walDir) {
        return new EtcdDataAction.RestoreData(
                tool, "/var/snap.db", "/var/lib/etcd-new", walDir, MEMBER, Attributes.PRIVATE_FOLDER, false, MINUTE);
    }

    static List<Probe.OnNode> probes() {
        return List.of(
                new Probe.PathPresent("/a"),
                new Probe.PathAbsent("/a"),
                new Probe.LockFree("/var/lib/etcd/member/snap/db"),
                new Probe.ContainerRunning("etcd"),
                new Probe.ContainerGone("etcd"),
                new Probe.CanStart(needs()),
                new Probe.UnitActive("etcd.service"),
                new Probe.UnitInactive("etcd.service"),
                new Probe.UnitShows("etcd.service", "ExecStart", "argv[]=/usr/bin/etcd --name=it's ;"),
                new Probe.ProgramSucceeds(List.of("test", "-f", "/a b")));
    }

    private static List<Need> needs() {
        return List.of(
                new Need.AtPath("etcd", Need.Shape.FOLDER_OR_NOTHING, "/a b", Optional.of("etcd")),
                new Need.Image("etcd", "registry.example/etcd:3.5", false));
    }

    static List<Query> queries() {
        return List.of(
                new Query.WhoAmI(),
                new Query.Stat("/a"),
                new Query.ReadText("/a", 1000),
                new Query.ListFolder("/a/"),
                new Query.FreeSpace("/a"),
                new Query.TreeSize("/a"),
                new Query.Digest("/a"),
                new Query.UnitProperties("etcd.service", List.of("ActiveState", "ExecStart")),
                new Query.FindTool("etcdctl", List.of("version")),
                new Query.LackOf(needs().getFirst()),
                new Query.LackOf(needs().getLast()),
                new Query.RunningContainers());
    }
}
