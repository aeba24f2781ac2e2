package dev.runbook.steps.verify;

import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.Effect;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.Effects.Need;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.WrittenParameter;
import java.util.List;

/** Verifies members and API servers before clients may rely on them. */
public final class Verify extends NamedStepType<Verify.Parameters> {
    /** Members that must be healthy. */
    public enum Members {
        /** Every configured one. */
        ALL,
        /** One in a cluster with quorum. */
        QUORUM
    }

    /** Fields of the step. */
    public record Parameters(
            @Doc("Verify the etcd member: IDs, leader, alarms, learners, revision and HashKV; after a restore,"
                    + " against the predicted values.")
            @Default("true")
            boolean etcd,

            @Doc("Which members must be healthy. all: every one; quorum: one that knows a leader is enough, and"
                    + " each that does not answer is a warning. For backups.")
            @Default("all")
            Members members,

            @Doc("Verify that the API server answers /readyz on this host's own address.") @Default("false")
            boolean apiServer,

            @Doc("Keys that must exist in etcd, such as /registry/namespaces/default.")
            List<String> present,

            @Doc("Keys that must not exist in etcd.") List<String> absent) {}

    public Verify() {
        super(
                "verify",
                Parameters.class,
                "Verifies members and API servers: identity, health, and HashKV against the predicted value.");
    }

    @Override
    public boolean mustRun() {
        return true;
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        var effects = Effects.of(Nature.CHECKS);
        if (!parameters.field("etcd").is(false)) {
            effects = effects.needing(Need.not(Effect.MEMBER_STOPPED)).setting(Effect.VERIFIED);
        }
        return parameters.field("api_server").is(true) ? effects.needing(Need.not(Effect.API_STOPPED)) : effects;
    }

    @Override
    public boolean toleratesAbsentHosts(WrittenParameter parameters) {
        return parameters.field("members").is(Members.QUORUM)
                && !parameters.field("api_server").is(true);
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        return new VerifyPlanning(parameters, context).plan();
    }
}
