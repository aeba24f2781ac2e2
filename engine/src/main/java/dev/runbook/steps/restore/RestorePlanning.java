package dev.runbook.steps.restore;

import dev.runbook.etcd.identity.InitialCluster;
import dev.runbook.etcd.identity.PeerUrl;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.model.Attributes;
import dev.runbook.model.MemberSpec;
import dev.runbook.model.Problem;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.TransferAction;
import dev.runbook.step.Effect;
import dev.runbook.step.SnapshotFacts;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.DataLayout;
import dev.runbook.steps.shared.EtcdVersion;
import dev.runbook.steps.shared.NoMember;
import dev.runbook.steps.shared.RestoreProblems;
import dev.runbook.steps.shared.RestoreTool;
import dev.runbook.steps.shared.RunFolder;
import dev.runbook.steps.shared.StartInhibitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The plan of a restore on one host. */
final class RestorePlanning {
    private final Restore.Parameters parameters;
    private final StepContext context;
    private final SnapshotFacts snapshot;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    RestorePlanning(Restore.Parameters parameters, StepContext context, SnapshotFacts snapshot) {
        this.parameters = parameters;
        this.context = context;
        this.snapshot = snapshot;
    }

    StepPlan plan() {
        var member = context.facts().member();
        if (member.isEmpty()) {
            problems.addAll(NoMember.on(
                    context, "no etcd member is configured here", "remove the host from this step's hosts"));
            return new StepPlan.Refused(problems);
        }
        var tool = RestoreTool.find(context.facts(), member.get());
        if (tool.isEmpty()) {
            problems.add(RestoreProblems.noTool(context.host()));
            return new StepPlan.Refused(problems);
        }
        checkVersion(tool.get().version());
        if (!snapshot.trailer() && !parameters.skipHashCheck()) {
            problem(
                    "no-hash",
                    snapshot.path() + " has no SHA-256 at its end, so it may be incomplete",
                    "use a file that `etcdctl snapshot save` wrote; for a copied member/snap/db give -e"
                            + " skip_hash_check=true, or set skip_hash_check at this step of a runbook of your own; the"
                            + " last writes of a copy may be in the WAL beside it alone, and are then lost");
        }
        var cluster = initialCluster();
        if (!problems.isEmpty()) {
            return new StepPlan.Refused(problems);
        }
        var bump = bump(tool.get().version());
        return planned(member.get(), tool.get(), spec(member.get(), cluster, bump));
    }

    private void checkVersion(EtcdVersion version) {
        snapshot.clusterVersion()
                .flatMap(EtcdVersion::find)
                .filter(ofSnapshot -> !ofSnapshot.sameMinor(version) && !parameters.allowOtherVersion())
                .ifPresent(
                        ofSnapshot -> problems.add(RestoreProblems.otherVersion(context.host(), ofSnapshot, version)));
    }

    private InitialCluster initialCluster() {
        var urls = new TreeMap<String, List<PeerUrl>>();
        for (var host : context.stepHosts()) {
            context.cluster().of(host).member().ifPresent(member -> {
                if (urls.put(
                                member.name(),
                                member.peerUrls().stream().map(PeerUrl::new).toList())
                        != null) {
                    problem("same-name", "two members are named " + member.name(), "give each member its own --name");
                }
            });
        }
        try {
            return new InitialCluster(urls);
        } catch (IllegalArgumentException e) {
            problem(
                    "bad-initial-cluster",
                    String.valueOf(e.getMessage()),
                    "correct the members' --name and --initial-advertise-peer-urls");
            return InitialCluster.of(Map.of("none", "http://127.0.0.1:1"));
        }
    }

    private OptionalLong bump(EtcdVersion version) {
        var amount = Bump.parse(parameters.bump()).amount(context.cluster(), snapshot.revision());
        if (amount.isPresent() && !version.canBump()) {
            notes.add(
                    "etcd " + version + " cannot bump the revision: restart every client of the API after the run, the"
                            + " workers' kubelets and kube-proxies included, because their watches may miss events");
            return OptionalLong.empty();
        }
        if (Bump.parse(parameters.bump()) instanceof Bump.Automatic && Bump.isUnsure(context.cluster())) {
            notes.add("not every member answers, so the highest revision that a client can have seen is not known for"
                    + " sure: the bump has a margin of " + Bump.MARGIN_WITH_A_SILENT_MEMBER + " revisions");
        }
        return amount;
    }

    private MemberSpec spec(MemberFacts member, InitialCluster cluster, OptionalLong bump) {
        var membership = cluster.membership(context.run().token());
        var prediction = context.snapshots().predict(snapshot.path(), bump);
        return new MemberSpec(
                member.name(),
                member.peerUrls(),
                cluster.toString(),
                context.run().token(),
                bump,
                membership.member(member.name()).toString(),
                membership.clusterId().toString(),
                prediction.revision(),
                OptionalLong.of(prediction.hash()),
                Optional.of(snapshot.alarms()).filter(alarms -> !alarms.isEmpty()));
    }

    private StepPlan planned(MemberFacts member, RestoreTool tool, MemberSpec spec) {
        var layout = DataLayout.of(member, context.run());
        var actions = new Actions(context.state());
        // Owned as the data is, so that a member that is pointed at its new folder may traverse it.
        layout.folders()
                .forEach(folder ->
                        RunFolder.ensure(actions, folder, member.data().attributes()));
        actions.add(new TransferAction.SendFile(
                snapshot.path(), layout.uploaded(), snapshot.size(), snapshot.sha256(), Attributes.PRIVATE_FILE));
        actions.add(new EtcdDataAction.RestoreData(
                tool.tool(),
                layout.uploaded(),
                layout.prepared(),
                layout.preparedWal(),
                spec,
                member.data().attributes(),
                parameters.skipHashCheck(),
                context.timeoutOr(Duration.ofMinutes(10))));
        actions.add(new FileAction.MatchAttributes(
                layout.prepared(),
                member.data().attributes(),
                member.data().label().map(_ -> member.data().path())));
        layout.preparedWal()
                .ifPresent(wal -> actions.add(new FileAction.MatchAttributes(
                        wal,
                        member.walDir().orElseThrow().attributes(),
                        member.walDir()
                                .orElseThrow()
                                .label()
                                .map(_ -> member.walDir().orElseThrow().path()))));
        if (member.source() instanceof MemberSource.Unit unit && context.later(Effect.MEMBER_STOPPED)) {
            // systemd's reload would be part of the outage otherwise.
            new StartInhibitor(context, unit.unit(), context.timeoutOr(Duration.ofMinutes(2))).prepare(actions);
        }
        notes.add("member " + spec.memberId() + " of cluster " + spec.clusterId() + ", at revision " + spec.revision());
        return new StepPlan.Planned(
                actions.list(),
                Map.of(
                        "initial_cluster", spec.initialCluster(),
                        "token", spec.token(),
                        "cluster_id", spec.clusterId(),
                        "member_id", spec.memberId(),
                        "revision", spec.revision()),
                notes,
                List.of(),
                RestoreProblems.alarms(context, snapshot).stream()
                        .map(Problem::asWarning)
                        .toList(),
                false);
    }

    private void problem(String code, String summary, String next) {
        problems.add(Problem.on(context.host(), code, summary, next));
    }
}
