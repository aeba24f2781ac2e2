package dev.runbook.steps.snapshot;

import dev.runbook.facts.LiveMember;
import dev.runbook.model.EtcdTool;
import dev.runbook.model.Problem;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.TransferAction;
import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.Effect;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.LocalFiles;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.Output;
import dev.runbook.step.Snapshots;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.ValueType;
import dev.runbook.step.WrittenParameter;
import dev.runbook.steps.shared.Actions;
import dev.runbook.steps.shared.RestoreTool;
import dev.runbook.steps.shared.RunFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Saves one snapshot of the cluster, from one member, and checks its hash. */
public final class Snapshot extends NamedStepType<Snapshot.Parameters> {
    /** Where the snapshot is saved. */
    public enum Via {
        /** Streamed to this machine through SSH, with the host's own certificates. */
        TUNNEL,
        /** Saved by etcdctl on the host. */
        NODE
    }

    /** Fields of the step. */
    public record Parameters(
            @Doc("File to write: on this machine for via: tunnel, on the host for via: node. Default: in the run's"
                    + " own folder.")
            Optional<String> to,

            @Doc("tunnel streams the snapshot to this machine; node saves it on the host.") @Default("tunnel")
            Via via,

            @Doc("Skip the snapshot when every member is down, instead of refusing the run. When one runs and does not"
                    + " answer, no-safety-snapshot must be allowed, too.")
            @Default("false")
            boolean ifPossible,

            @Doc("Codes of problems to accept; they are still shown.")
            List<String> allow) {
        public Parameters {
            if (via == Via.NODE && to.isPresent() && !to.get().startsWith("/")) {
                throw new IllegalArgumentException(
                        "with via: node, to is an absolute path on the host, not " + to.get());
            }
        }
    }

    public Snapshot() {
        super(
                "snapshot",
                Parameters.class,
                "Saves a snapshot of one answering member, on this machine or on the host, and checks its hash.");
    }

    @Override
    public List<Output> outputs() {
        return List.of(new Output("path", ValueType.STRING, "Path of the snapshot; empty when none is saved."));
    }

    @Override
    public boolean mustRun() {
        return true;
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        return Effects.of(Nature.OBSERVES).setting(Effect.SNAPSHOT_KEPT);
    }

    @Override
    public boolean toleratesAbsentHosts(WrittenParameter parameters) {
        return true;
    }

    /** A backup never takes the place of an earlier one. */
    @Override
    public List<Problem> fileProblems(Parameters parameters, Snapshots snapshots, LocalFiles files) {
        return parameters
                .to()
                .filter(_ -> parameters.via() == Via.TUNNEL)
                .filter(path -> files.exists(Path.of(path)))
                .map(path -> Problem.ofCall(
                        "snapshot-target-exists",
                        path + " is there already, and a snapshot replaces no file",
                        "name a file that does not exist, or move that one away first"))
                .stream()
                .toList();
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        var chosen = choose(context);
        if (chosen.isEmpty()) {
            return new NoSnapshot(parameters, context).plan();
        }
        return switch (parameters.via()) {
            case TUNNEL -> stream(parameters, context, chosen.get());
            case NODE -> keepOnHost(parameters, context, chosen.get());
        };
    }

    /** An answering member that knows a leader, preferably a follower, because a snapshot puts load on its member. */
    private static Optional<String> choose(StepContext context) {
        return context.stepHosts().stream()
                .filter(host -> preference(context, host) > 0)
                .max((one, other) -> {
                    int byPreference = Integer.compare(preference(context, one), preference(context, other));
                    // The earlier host wins a tie, so that a plan is the same every time.
                    return byPreference != 0
                            ? byPreference
                            : Integer.compare(
                                    context.stepHosts().indexOf(other),
                                    context.stepHosts().indexOf(one));
                });
    }

    private static int preference(StepContext context, String host) {
        return context.cluster()
                .of(host)
                .member()
                .map(member -> switch (member.live()) {
                    case LiveMember.Silent _ -> 0;
                    case LiveMember.Answers answers ->
                        answers.leaderId().isEmpty()
                                ? 1
                                : answers.leaderId().get().equals(answers.memberId()) ? 2 : 3;
                })
                .orElse(0);
    }

    private static StepPlan stream(Parameters parameters, StepContext context, String chosen) {
        var target =
                parameters.to().map(Path::of).orElse(context.run().artifacts().resolve("snapshot.db"));
        var outputs = Map.<String, Object>of("path", target.toString());
        if (!context.host().equals(chosen)) {
            return new StepPlan.Planned(
                    List.of(), outputs, List.of("snapshot of " + chosen + " is used"), List.of(), List.of(), false);
        }
        var member = context.facts().member().orElseThrow();
        return new StepPlan.Planned(
                List.of(new TransferAction.StreamSnapshot(
                        member.access(), target, context.timeoutOr(Duration.ofMinutes(10)))),
                outputs,
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    private static StepPlan keepOnHost(Parameters parameters, StepContext context, String chosen) {
        var facts = context.cluster().of(chosen);
        var member = facts.member().orElseThrow();
        var folder = member.data().path() + ".runbook-" + context.run().id();
        var target = parameters.to().orElse(folder + "/saved.db");
        var outputs = Map.<String, Object>of("path", target);
        if (!context.host().equals(chosen)) {
            return new StepPlan.Planned(
                    List.of(), outputs, List.of("snapshot of " + chosen + " is used"), List.of(), List.of(), false);
        }
        var etcdctl = facts.tools().get("etcdctl");
        Optional<EtcdTool> tool = etcdctl != null
                ? Optional.of(new EtcdTool.OnHost("etcdctl", etcdctl.path()))
                : RestoreTool.find(facts, member)
                        .map(RestoreTool::tool)
                        .filter(EtcdTool.InImage.class::isInstance)
                        .map(found -> new EtcdTool.InImage("etcdctl", ((EtcdTool.InImage) found).image()));
        if (tool.isEmpty()) {
            return StepPlan.Refused.because(Problem.on(
                    chosen,
                    "no-etcdctl",
                    "no etcdctl on the host and no ctr to run the image's",
                    "install etcdctl there, or use via: tunnel, with which `to` is a file on this machine"));
        }
        var actions = new Actions(context.state());
        if (parameters.to().isEmpty()) {
            RunFolder.ensure(actions, folder);
        }
        actions.add(new EtcdDataAction.SaveSnapshot(
                tool.get(), member.access(), target, context.timeoutOr(Duration.ofMinutes(10))));
        return new StepPlan.Planned(actions.list(), outputs, List.of(), List.of(), List.of(), false);
    }
}
