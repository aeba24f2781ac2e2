package dev.runbook.steps.preflight;

import dev.runbook.model.Problem;
import dev.runbook.step.SnapshotFacts;
import dev.runbook.step.StepContext;
import dev.runbook.steps.shared.RestoreProblems;
import dev.runbook.steps.shared.RestoreTool;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Checks whether a snapshot can be restored on a host. */
final class SnapshotChecks {
    private SnapshotChecks() {}

    static List<Problem> check(StepContext context, SnapshotFacts snapshot) {
        var problems = new ArrayList<Problem>();
        var facts = context.facts();
        var member = facts.member();
        if (member.isEmpty()) {
            return problems;
        }
        long needed = Math.max(2 * snapshot.size(), 2 * member.get().data().databaseBytes())
                + member.get().data().walBytes();
        if (member.get().data().freeBytes() < needed) {
            problems.add(Problem.on(
                    context.host(),
                    "no-space",
                    member.get().data().path() + " is on a file system with "
                            + mebibytes(member.get().data().freeBytes())
                            + " free; twice the database and the WAL is "
                            + mebibytes(needed),
                    "free space there (`runbook runs` lists old data that earlier runs retain), or grow the"
                            + " file system"));
        }
        var tool = RestoreTool.find(facts, member.get());
        if (tool.isEmpty()) {
            problems.add(RestoreProblems.noTool(context.host()));
        } else {
            SnapshotLeftovers.version(snapshot)
                    .filter(version -> !version.sameMinor(tool.get().version()))
                    .ifPresent(version -> problems.add(RestoreProblems.otherVersion(
                            context.host(), version, tool.get().version())));
        }
        SnapshotLeftovers.quota(context, member.get(), snapshot).ifPresent(problems::add);
        if (context.host().equals(context.stepHosts().getFirst())) {
            problems.addAll(ofTheFile(context, snapshot));
        }
        return problems;
    }

    /** Problems of the file, which are the same for every host, so reported once. */
    private static List<Problem> ofTheFile(StepContext context, SnapshotFacts snapshot) {
        var problems = new ArrayList<Problem>();
        RestoreProblems.alarms(context, snapshot).ifPresent(problems::add);
        problems.addAll(SnapshotLeftovers.ofTheFile(snapshot));
        var configured = new TreeSet<String>();
        context.cluster().members().forEach(member -> configured.addAll(PeerUrls.normalized(member.peerUrls())));
        var inSnapshot = new TreeSet<>(PeerUrls.normalized(snapshot.peerUrls()));
        if (!inSnapshot.isEmpty() && !inSnapshot.equals(configured)) {
            problems.add(Problem.ofCall(
                    "snapshot-of-other-members",
                    "the snapshot is of members " + inSnapshot + ", but the inventory's members are " + configured,
                    "check that the snapshot is of this cluster; if it is, accept that with -e"
                            + " 'allow=[\"snapshot-of-other-members\"]' (allow: on this step)"));
        }
        return problems;
    }

    private static String mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) / (1 << 20) + " MiB";
    }
}
