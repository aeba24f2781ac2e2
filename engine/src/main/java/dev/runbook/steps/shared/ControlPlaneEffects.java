package dev.runbook.steps.shared;

import dev.runbook.step.Effect;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.Effects.Need;

/** Effects of stopping and starting control plane components, shared by all step types that do so. */
public final class ControlPlaneEffects {
    private ControlPlaneEffects() {}

    public static Effects apiServersStop() {
        return Effects.of(Nature.CHANGES).needing(Need.not(Effect.COMMITTED)).setting(Effect.API_STOPPED);
    }

    /** Clients write as soon as an API server is back, so restored data must be verified and committed before. */
    public static Effects apiServersStart() {
        return Effects.of(Nature.CHANGES)
                .needing(Need.once(Effect.SWITCHED, Effect.VERIFIED), Need.once(Effect.SWITCHED, Effect.COMMITTED))
                .clearing(Effect.API_STOPPED);
    }

    public static Effects membersStop() {
        return Effects.of(Nature.CHANGES)
                .needing(Need.not(Effect.COMMITTED))
                .setting(Effect.MEMBER_STOPPED)
                .clearing(Effect.VERIFIED);
    }

    /** A member that still runs on the old data must not meet a member that runs on the new data. */
    public static Effects membersStart() {
        return Effects.of(Nature.CHANGES)
                .needing(Need.once(Effect.NEW_DATA, Effect.MEMBER_STOPPED), Need.once(Effect.NEW_DATA, Effect.SWITCHED))
                .clearing(Effect.MEMBER_STOPPED, Effect.VERIFIED);
    }
}
