package dev.runbook.node.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Answer;
import dev.runbook.model.Connection.Become;
import dev.runbook.model.Probe;
import dev.runbook.model.Query;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.ContainerAction;
import dev.runbook.model.action.ContainerAction.EndContainers.Patience;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.node.Batch;
import dev.runbook.node.Claim;
import dev.runbook.node.Node;
import dev.runbook.node.ProbeResult;
import dev.runbook.node.shell.NoMembers;
import dev.runbook.node.shell.ShellNode;
import dev.runbook.node.shell.script.ShellSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said to crictl, ctr and systemctl, and what is made of their answers and of their silence. */
@Timeout(30)
class FakeProgramsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private Node node;

    @BeforeEach
    void open() throws Exception {
        var settings = new ShellSettings(
                folder + "/state", List.of(folder.toString()), Duration.ofSeconds(5), Duration.ofSeconds(3));
        node = new ShellNode("cp1", "root", new Become.No(), LocalTransport::new, settings, NoMembers.INSTANCE);
        node.claim(new Claim("r1", 1, "me@here", Instant.EPOCH));
    }

    @AfterEach
    void close() {
        node.close();
    }

    private void program(String name, String script) throws IOException {
        var path = folder.resolve(name);
        Files.writeString(path, "#!/bin/sh\necho \"$0 $*\" >>" + folder + "/calls\n" + script);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String calls() throws IOException {
        return Files.readString(folder.resolve("calls"));
    }

    private ActionResult perform(Action action) {
        return node.perform(new Batch("r1", 1, 1, List.of(action)), (index, result) -> {})
                .results()
                .getFirst();
    }

    private static Action stop() {
        return stop("etcd");
    }

    private static Action stop(String... names) {
        return new ContainerAction.StopContainers(
                "kubelet.service", List.of(names), Duration.ofSeconds(30), Direction.FORWARD);
    }

    @Test
    void aRuntimeThatDoesNotAnswerIsNotAnEmptyOne() throws Exception {
        program("crictl", "echo 'connection refused' >&2; exit 1");
        program("ctr", "echo 'connection refused' >&2; exit 1");
        assertThat(node.check(new Probe.ContainerGone("etcd"), SOON)).isInstanceOf(ProbeResult.DoesNotHold.class);
        assertThat(node.check(new Probe.ContainerRunning("etcd"), SOON)).isInstanceOf(ProbeResult.DoesNotHold.class);
        assertThat(perform(stop())).isInstanceOf(ActionResult.Refused.class);
        assertThat(node.ask(List.of(new Query.RunningContainers()), SOON).getFirst())
                .isInstanceOf(Answer.Refused.class);
    }

    @Test
    void aContainerIsStoppedWithItsGraceThroughCrictl() throws Exception {
        program("systemctl", "[ \"$1\" != is-active ] || { echo inactive; exit 3; }");
        program("crictl", """
            stopped=%s/stopped
            [ "$1" != stop ] || touch "$stopped"
            [ "$1" = stop ] || [ -e "$stopped" ] || echo 0123abcd
            """.formatted(folder));
        assertThat(perform(stop())).isInstanceOf(ActionResult.Done.class);
        assertThat(calls())
                .contains(
                        "ps --label io.kubernetes.container.name=etcd --state Running -q\n",
                        "stop --timeout 30 0123abcd\n");
    }

    @Test
    void noContainerIsNothingToStop() throws Exception {
        program("systemctl", "[ \"$1\" != is-active ] || { echo inactive; exit 3; }");
        program("crictl", "exit 0");
        assertThat(perform(stop())).isInstanceOf(ActionResult.AlreadyDone.class);
        assertThat(calls()).doesNotContain(" stop ");
    }

    @Test
    void crictlsListIsRead() throws Exception {
        program("crictl", """
            cat <<'END'
            {"containers": [{"id": "0123", "metadata": {"name": "etcd"},
              "image": {"image": "sha256:77", "userSpecifiedImage": "registry.k8s.io/etcd:3.5.16-0"},
              "labels": {"io.kubernetes.container.name": "etcd", "io.kubernetes.pod.name": "etcd-cp1"}},
             {"id": "4567", "metadata": {"name": "odd"}, "image": {"image": "docker.io/odd"}, "labels": {}}]}
            END
            """);
        assertThat(node.ask(List.of(new Query.RunningContainers()), SOON))
                .containsExactly(new Answer.Containers(List.of(
                        new Answer.Container("0123", "etcd", "etcd-cp1", "registry.k8s.io/etcd:3.5.16-0"),
                        new Answer.Container("4567", "odd", "", "docker.io/odd"))));
    }

    @Test
    void aUnitIsStoppedUnlessItIsDown() throws Exception {
        program("systemctl", "[ \"$1\" != is-active ] || echo active");
        assertThat(perform(new ServiceAction.StopUnit("etcd.service"))).isInstanceOf(ActionResult.Done.class);
        assertThat(calls()).contains("stop -- etcd.service");
        program("systemctl", "[ \"$1\" != is-active ] || { echo inactive; exit 3; }");
        assertThat(perform(new ServiceAction.StopUnit("etcd.service"))).isInstanceOf(ActionResult.AlreadyDone.class);
        assertThat(perform(new ServiceAction.StartUnit("etcd.service"))).isInstanceOf(ActionResult.Done.class);
        assertThat(calls()).contains("start --no-block -- etcd.service");
    }

    @Test
    void aServiceManagerThatDoesNotAnswerProvesNothing() throws Exception {
        program("systemctl", "echo 'Failed to connect to bus' >&2; exit 1");
        assertThat(node.check(new Probe.UnitInactive("etcd.service"), SOON))
                .isInstanceOf(ProbeResult.DoesNotHold.class);
        assertThat(perform(new ServiceAction.StopUnit("etcd.service")))
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.failure().stderr()).contains("Failed to connect to bus"));
    }

    /** Of one container by its label, or of several by a pattern of their names. */
    private static final String LIST = """
        case $2 in --name) names=${3#??}; names=${names%??} ;; *) names=${3#*=} ;; esac
        IFS='|'
        for name in $names; do [ ! -e "$here/container-$name" ] || echo "$name"; done\
        """;

    /** A runtime, and a kubelet that removes no pod: containers are files, and so is whether the kubelet runs. */
    private void controlPlane(String... running) throws IOException {
        for (var name : running) {
            Files.createFile(folder.resolve("container-" + name));
        }
        Files.createFile(folder.resolve("kubelet"));
        program("crictl", """
            here=%s
            case $1 in
                ps) %s ;;
                stop) rm "$here/container-$4"; [ ! -e "$here/kubelet" ] || touch "$here/brought-back" ;;
            esac
            """.formatted(folder, LIST));
        program("systemctl", """
            here=%s
            case $1 in
                is-active) [ -e "$here/kubelet" ] || { echo inactive; exit 3; }; echo active ;;
                stop) rm "$here/kubelet" ;;
                start) touch "$here/kubelet" ;;
            esac
            """.formatted(folder));
    }

    private static ContainerAction.EndContainers end(String... names) {
        return new ContainerAction.EndContainers(
                "kubelet.service",
                Stream.of(names)
                        .map(name -> new Patience(name, Duration.ofSeconds(1)))
                        .toList(),
                Duration.ofSeconds(30),
                Direction.FORWARD);
    }

    @Test
    void whatTheKubeletLeavesRunningIsStoppedWithoutIt() throws Exception {
        controlPlane("kube-scheduler", "kube-apiserver");

        assertThat(perform(end("kube-scheduler", "kube-apiserver"))).isInstanceOf(ActionResult.Done.class);

        assertThat(calls().lines().filter(line -> !line.contains(" ps ") && !line.contains(" show ")))
                .map(line -> line.substring(line.lastIndexOf('/') + 1))
                .containsExactlyInAnyOrder(
                        "systemctl stop -- kubelet.service",
                        "crictl stop --timeout 30 kube-scheduler",
                        "crictl stop --timeout 30 kube-apiserver",
                        "systemctl is-active -- kubelet.service",
                        "systemctl start --no-block -- kubelet.service");
        assertThat(folder.resolve("kubelet")).exists();
        assertThat(folder.resolve("brought-back")).doesNotExist();
        assertThat(perform(end("kube-scheduler", "kube-apiserver"))).isInstanceOf(ActionResult.AlreadyDone.class);
    }

    /** A kubelet that runs would bring them back, and each container has the whole grace from the same moment on. */
    @Test
    void containersAreStoppedAtTheSameMomentWithoutTheKubelet() throws Exception {
        controlPlane("kube-scheduler", "kube-apiserver");
        program("crictl", """
            here=%s
            case $1 in
                ps) %s ;;
                stop)
                    touch "$here/stopping-$4"
                    until [ -e "$here/stopping-kube-scheduler" ] && [ -e "$here/stopping-kube-apiserver" ]; do
                        sleep 0.05
                    done
                    rm "$here/container-$4"
                    [ ! -e "$here/kubelet" ] || touch "$here/brought-back" ;;
            esac
            """.formatted(folder, LIST));

        assertThat(perform(stop("kube-apiserver", "kube-scheduler"))).isInstanceOf(ActionResult.Done.class);

        assertThat(folder.resolve("container-kube-apiserver")).doesNotExist();
        assertThat(folder.resolve("container-kube-scheduler")).doesNotExist();
        assertThat(folder.resolve("kubelet")).doesNotExist();
        assertThat(folder.resolve("brought-back")).doesNotExist();
        assertThat(perform(stop("kube-apiserver", "kube-scheduler"))).isInstanceOf(ActionResult.AlreadyDone.class);
    }

    /** As after an attempt that was cut short. */
    @Test
    void aKubeletThatWasLeftStoppedIsStarted() throws Exception {
        controlPlane();
        Files.delete(folder.resolve("kubelet"));

        assertThat(perform(end("etcd"))).isInstanceOf(ActionResult.Done.class);

        assertThat(folder.resolve("kubelet")).exists();
    }

    @Test
    void aContainerThatCannotBeStoppedLeavesTheKubeletRunningAndAdvice() throws Exception {
        controlPlane("etcd");
        program("crictl", "[ \"$1\" = stop ] && exit 1; echo 0123");

        assertThat(perform(end("etcd")))
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.failure().summary())
                                .contains(
                                        "container etcd still runs, although kubelet.service was stopped",
                                        "crictl ps --label io.kubernetes.container.name=etcd, then crictl stop"
                                                + " --timeout 30 ID",
                                        "runbook resume r1"));
        assertThat(folder.resolve("kubelet")).exists();
    }

    @Test
    void aStuckWaitNamesTheCommandThatHelps() throws Exception {
        program("crictl", "echo 0123");

        assertThat(node.check(new Probe.ContainerGone("etcd"), SOON))
                .isInstanceOfSatisfying(
                        ProbeResult.DoesNotHold.class,
                        found -> assertThat(found.found())
                                .contains("container 0123 runs", "crictl stop --timeout 30 ID", "runbook resume"));
    }
}
