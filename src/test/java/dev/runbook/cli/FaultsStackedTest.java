package dev.runbook.cli;

import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.FleetGuard;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of a restore of static pods, from before the stop to the verification. */
@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(ControlPlanes.STACKED_FLEET)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before every test
public class FaultsStackedTest {
    private static final String PREPARE = "Restore the snapshot beside the old data on every member";
    private static final String STOP_API = "Stop every API server, controller-manager and scheduler";
    private static final String EDIT = "Write the full member list into every manifest";
    private static final String SWITCH = "Switch every member to the restored data";
    private static final String START = "Start every member";
    private static final String PROVE = "Verify the restored cluster";
    private static final String PARKED = "/etc/kubernetes/runbook-${{ run.id }}/manifests/etcd.yaml";
    private static final String NEW_DATA = "/var/lib/etcd.runbook-${{ run.id }}";

    private FaultProof proof;

    @BeforeAll
    void start(@TempDir Path folder) {
        proof = FaultProof.on(ControlPlanes.stacked(), folder);
    }

    /**
     * Those that only static pods have, in every run of the tests; {@code -Dfaults=all} adds those that members under systemd
     * have too, see {@link FaultsExternalTest}.
     */
    public static Stream<InjectedFault> faults() {
        return "all".equals(System.getProperty("faults")) ? everyFault() : ofStaticPods();
    }

    public static Stream<InjectedFault> everyFault() {
        return Stream.concat(ofStaticPods(), ofEveryMember());
    }

    private static Stream<InjectedFault> ofEveryMember() {
        return Stream.of(
                InjectedFault.inStep(
                        "another process made the folder for new data",
                        "cp2",
                        PREPARE,
                        "mkdir -p " + NEW_DATA + "/new/member",
                        PREPARE,
                        "is there already, and this run did not make it"),
                InjectedFault.inStep(
                                "an operator edits a parked manifest",
                                "cp1",
                                EDIT,
                                "cp -p " + PARKED + " /root/etcd.yaml && echo '# mine' >>" + PARKED,
                                EDIT,
                                "is not the file that the plan was made for")
                        .repairedBy("f=/etc/kubernetes/manifests/etcd.yaml; tail -n 1 $f | grep -qx '# mine'; cp -p"
                                + " /root/etcd.yaml $f"),
                InjectedFault.inStep(
                        "the place for the old data is taken",
                        "cp2",
                        SWITCH,
                        "mkdir " + NEW_DATA + "/old",
                        SWITCH,
                        "both /var/lib/etcd and /var/lib/etcd.runbook-"),
                InjectedFault.inStep(
                                "a restored database is damaged",
                                "cp3",
                                START,
                                "dd if=/dev/urandom of=/var/lib/etcd/member/snap/db bs=4096 count=8 conv=notrunc",
                                // Which step detects it is chance: while the member still runs, or after it died.
                                "",
                                "wait until",
                                "cp3")
                        .limited(START, "12s")
                        .limited(PROVE, "12s"));
    }

    private static Stream<InjectedFault> ofStaticPods() {
        return Stream.of(
                InjectedFault.inStep(
                        "a program fails while everything is stopped",
                        "cp3",
                        SWITCH,
                        "echo out of luck >&2; exit 3",
                        InjectedFault.INJECTION,
                        "stderr:  out of luck",
                        "status:  3",
                        "command: sh -c"),
                InjectedFault.inStep(
                                "the kubelet refuses a manifest",
                                "cp1",
                                START,
                                "printf '\\t[' >>" + PARKED,
                                START,
                                "wait until container etcd runs")
                        .limited(START, "12s"),
                InjectedFault.inStep(
                                "a member's port is taken for a while",
                                "cp1",
                                START,
                                "setsid timeout 40 systemd-socket-activate -l 2380 sleep 40 >/dev/null 2>&1 & sleep 1",
                                // Chance here too.
                                "",
                                "wait until")
                        .limited(START, "12s")
                        .limited(PROVE, "12s"),
                InjectedFault.inStep(
                                "a byte of a restored value is wrong",
                                "cp2",
                                START,
                                "LC_ALL=C sed -i 's/\"right\"/\"wrong\"/' /var/lib/etcd/member/snap/db",
                                PROVE,
                                "HashKV")
                        .limited(PROVE, "12s"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void rollsBackOn(InjectedFault fault, @TempDir Path folder) {
        proof.failsAndRollsBack(fault, folder);
    }

    /** What it does not end, the runtime does; systemd wakes it up and stops it. */
    @Test
    void completesAlthoughAKubeletHangs(@TempDir Path folder) {
        var runbook = proof.runbook().before(STOP_API, InjectedFault.injection("cp2", "pkill -STOP -x kubelet"));
        proof.completes(runbook, folder, _ -> {});
    }

    @Test
    void continuesWhenASessionIsKilled(@TempDir Path folder) {
        proof.completes(proof.runbook(), folder, running -> {
            running.awaitStep("stop-etcd");
            var killed = proof.controlPlane().fleet().node("cp2").exec("pkill -9 -f '^sshd(-session)?: root'");
            killed.require("kill SSH sessions");
        });
    }

    @Test
    void rollsBackWhenInterruptedOnce(@TempDir Path folder) {
        proof.rollsBack(
                proof.runbook(),
                folder,
                running -> running.awaitStep("stop-etcd").interrupt());
    }
}
