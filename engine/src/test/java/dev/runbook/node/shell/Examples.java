package dev.runbook.node.shell;

import dev.runbook.model.Action;
import dev.runbook.model.Attributes;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.EtcdTool;
import dev.runbook.model.Probe;
import dev.runbook.model.Query;
import dev.runbook.model.Direction;
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
    private static final Action.MemberSpec MEMBER = new Action.MemberSpec(
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
                new Action.MakeFolder("/var/lib/runbook/runs/r1/kept", Attributes.PRIVATE_FOLDER),
                new Action.RemoveEmptyFolder("/var/lib/runbook/runs/r1/kept"),
                new Action.MovePath("/var/lib/etcd", "/var/lib/etcd.old"),
                new Action.CreateFile("/etc/a file", "it's\ntwo lines\n", FILE, "/etc/aside"),
                new Action.ReplaceFile("/etc/conf", "new\n", FILE, "0".repeat(64), "/var/kept/conf"),
                new Action.PutBack("/var/kept/conf", "/etc/conf"),
                new Action.PlaceFile("/etc/.run/conf", "/etc/conf", "/etc/.run/conf.before"),
                new Action.TakeAway("/etc/conf", "/etc/.run/conf.before", "/etc/.run/conf"),
                new Action.SendFile(Path.of("/tmp/snap.db"), "/var/snap.db", 20_512, "1".repeat(64), FILE),
                new Action.FetchFile("/var/snap.db", Path.of("/tmp/snap.db"), MINUTE),
                restore(HOST, Optional.of("/var/lib/etcd-wal")),
                restore(IMAGE, Optional.empty()),
                new Action.SaveSnapshot(HOST, ACCESS, "/var/snap.db", MINUTE),
                new Action.SaveSnapshot(IMAGE, ACCESS, "/var/snap.db", MINUTE),
                new Action.StreamSnapshot(ACCESS, Path.of("/tmp/snap.db"), MINUTE),
                new Action.StartUnit("etcd.service"),
                new Action.StopUnit("etcd.service"),
                new Action.RestartUnit("kubelet.service"),
                new Action.ReloadUnits(Direction.FORWARD),
                new Action.StopContainer("kube-apiserver", Duration.ofSeconds(30)),
                new Action.MatchAttributes(
                        "/var/lib/etcd", Attributes.PRIVATE_FOLDER, Optional.of("/var/lib/etcd.old")),
                new Action.RunProgram(
                        List.of("kubectl", "get nodes"), Optional.of("/root"), MINUTE, new Action.Effect.ReadOnly()),
                new Action.Await(new Probe.ContainerGone("etcd"), MINUTE, Direction.FORWARD),
                new Action.Await(
                        new Probe.HttpsOk("10.0.0.1", 6443, "/readyz", Optional.empty()), MINUTE, Direction.FORWARD));
    }

    private static Action restore(EtcdTool tool, Optional<String> walDir) {
        return new Action.RestoreData(
                tool, "/var/snap.db", "/var/lib/etcd-new", walDir, MEMBER, Attributes.PRIVATE_FOLDER, false, MINUTE);
    }

    static List<Probe.OnNode> probes() {
        return List.of(
                new Probe.PathPresent("/a"),
                new Probe.PathAbsent("/a"),
                new Probe.LockFree("/var/lib/etcd/member/snap/db"),
                new Probe.ContainerRunning("etcd"),
                new Probe.ContainerGone("etcd"),
                new Probe.UnitActive("etcd.service"),
                new Probe.UnitInactive("etcd.service"),
                new Probe.ProgramSucceeds(List.of("test", "-f", "/a b")));
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
                new Query.RunningContainers());
    }
}
