package dev.runbook.steps.shared;

import dev.runbook.facts.HostFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.Silence;
import dev.runbook.model.Problem;
import dev.runbook.step.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is known of members that do not answer. Steps that find the same say the same, so that it is reported once. */
public final class MemberSilence {
    private MemberSilence() {}

    /**
     * The member of a host cannot be asked, for a reason that outlasts a restore: an error, because no step could verify what
     * it did. Empty for one that answers, or is down.
     */
    public static Optional<Problem> cannotBeAsked(HostFacts host) {
        return silent(host)
                .filter(silent -> silent.kind().outlastsRestore())
                .map(silent -> Problem.on(
                        host.host(),
                        "member-cannot-be-asked",
                        "etcd here " + (runs(host) ? "runs, and " : "")
                                + "cannot be asked, and after a restore it could" + " not be verified either: "
                                + silent.why(),
                        remedy(host, silent)));
    }

    /** The member of a host runs and gives no answer now, which may change: a warning. */
    public static Optional<Problem> doesNotAnswer(HostFacts host) {
        return silent(host)
                .filter(silent -> !silent.kind().outlastsRestore() && runs(host))
                .map(silent -> Problem.on(
                                host.host(),
                                "member-does-not-answer",
                                "etcd here runs and does not answer, so its member list, revision and data are compared"
                                        + " with nothing: " + silent.why(),
                                remedy(host, silent))
                        .asWarning());
    }

    /** Whether the member's process is there, and does not answer. */
    public static boolean runsSilently(HostFacts host) {
        return silent(host)
                .filter(silent -> runs(host) || silent.kind().outlastsRestore() || silent.kind() == Silence.TIMED_OUT)
                .isPresent();
    }

    /** Whether it hangs: its process is there, takes connections and does nothing. */
    public static boolean hangs(HostFacts host) {
        return silent(host).filter(silent -> silent.kind() == Silence.TIMED_OUT).isPresent();
    }

    /** Reasons by host why members do not answer, each after its host's name. */
    public static String reasons(StepContext context) {
        return context.stepHosts().stream()
                .flatMap(host -> reason(context.cluster().of(host)).map(why -> host + ": " + why).stream())
                .collect(Collectors.joining("; "));
    }

    /** What the survey could not read on hosts for which no member is known; empty where one is. */
    public static List<Problem> unread(StepContext context) {
        var problems = new ArrayList<Problem>();
        context.stepHosts().stream()
                .map(host -> context.cluster().of(host))
                .filter(host -> host.member().isEmpty())
                .forEach(host -> problems.addAll(host.problems()));
        return problems;
    }

    /** Why a host's member does not answer; empty when it does. */
    public static Optional<String> reason(HostFacts host) {
        return host.member()
                .<Optional<String>>map(member -> switch (member.live()) {
                    case LiveMember.Answers _ -> Optional.empty();
                    case LiveMember.Silent silent ->
                        Optional.of((runs(host) ? "etcd runs and does not answer: " : "") + silent.why());
                })
                .orElseGet(() -> Optional.of(host.problems().stream()
                        .filter(Problem::isError)
                        .map(Problem::summary)
                        .findFirst()
                        .orElse("no member is configured")));
    }

    private static Optional<LiveMember.Silent> silent(HostFacts host) {
        return host.member()
                .map(MemberFacts::live)
                .filter(LiveMember.Silent.class::isInstance)
                .map(LiveMember.Silent.class::cast);
    }

    private static boolean runs(HostFacts host) {
        return host.member().filter(host::runs).isPresent();
    }

    /** What to do where no member answers and all of them run: what helps them all, where that is one thing. */
    public static String remedy(StepContext context) {
        var remedies = context.stepHosts().stream()
                .map(host -> context.cluster().of(host))
                .flatMap(
                        host -> silent(host)
                                .filter(silent -> silent.kind().outlastsRestore())
                                .map(silent -> remedy(host, silent))
                                .stream())
                .distinct()
                .toList();
        return remedies.size() == 1
                ? remedies.getFirst()
                : "correct what keeps the members that run from answering; a running etcd needs no start";
    }

    /** The login may not read the keys with which etcd is asked (the words are those of {@code strerror}). */
    private static boolean mayNotRead(HostFacts host, LiveMember.Silent silent) {
        return host.identity().uid() != 0 && silent.why().contains("Permission denied");
    }

    private static String remedy(HostFacts host, LiveMember.Silent silent) {
        if (mayNotRead(host, silent)) {
            return "set ansible_become: true for this host, or log in as root";
        }
        return switch (silent.kind()) {
            case TLS ->
                "correct the certificates that its configuration names: the server's must be for an address that it"
                        + " listens at, and the one to come with must be for clients";
            case FORWARDING_REFUSED ->
                "allow it for this login (`AllowTcpForwarding local` in sshd_config), or install bash, python3, socat"
                        + " or nc there, one of which then connects in sshd's place";
            case DENIED ->
                "give the user that is the CN of its client certificate the role root: `etcdctl user add CN"
                        + " --no-password` if there is none, `etcdctl user grant-role CN root`";
            case TIMED_OUT ->
                "its log and its disk tell more; a process that hangs, and a member without quorum, accept connections"
                        + " and answer nothing";
            case NOTHING_LISTENS, OTHER ->
                "its log tells more: `crictl logs` of the container, or `journalctl -u etcd`";
        };
    }
}
