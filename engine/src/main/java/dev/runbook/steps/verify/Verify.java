package dev.runbook.steps.verify;

import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.Effect;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.Effects.Need;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.StepType;
import dev.runbook.step.WrittenParameter;
import java.util.List;

/** The proof: what the members and the API servers must show before anybody may rely on them. */
public final class Verify implements StepType<Verify.Parameters> {
    /** Fields of the step. */
    public record Parameters(
            @Doc("Prove the etcd member: IDs, leader, alarms, learners, revision and HashKV, as predicted when a"
                    + " restore came before.")
            @Default("true")
            boolean etcd,

            @Doc("Prove that the API server answers /readyz on this host's own address.") @Default("false")
            boolean apiServer,

            @Doc("Keys in etcd that must be there, such as /registry/namespaces/default.")
            List<String> present,

            @Doc("Keys in etcd that must not be there.") List<String> absent) {}

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String summary() {
        return "Proves members and API servers: identity, health and HashKV against what was predicted.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        var proof = Effects.of(Nature.CHECKS);
        if (!parameters.field("etcd").is(false)) {
            proof = proof.needing(Need.not(Effect.MEMBER_STOPPED)).setting(Effect.PROVEN);
        }
        return parameters.field("api_server").is(true) ? proof.needing(Need.not(Effect.API_STOPPED)) : proof;
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        return new VerifyPlanning(parameters, context).plan();
    }
}
