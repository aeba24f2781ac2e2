package dev.runbook.steps.shared;

import dev.runbook.step.Effect;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.Effects.Need;

/** What stopping and starting the parts of a control plane means for a runbook's order, however a step does it. */
public final class ControlPlaneEffects {
    private ControlPlaneEffects() {}

    public static Effects apiServersStop() {
        return Effects.of(Nature.CHANGES).needing(Need.not(Effect.COMMITTED)).setting(Effect.API_STOPPED);
    }

    /** Clients write as soon as an API server is back: over restored data only once that is proven and committed. */
    public static Effects apiServersStart() {
        return Effects.of(Nature.CHANGES)
                .needing(Need.once(Effect.SWITCHED, Effect.PROVEN), Need.once(Effect.SWITCHED, Effect.COMMITTED))
                .clearing(Effect.API_STOPPED);
    }

    public static Effects membersStop() {
        return Effects.of(Nature.CHANGES)
                .needing(Need.not(Effect.COMMITTED))
                .setting(Effect.MEMBER_STOPPED)
                .clearing(Effect.PROVEN);
    }

    /** A member that still runs on the old data must meet no member that runs on the new. */
    public static Effects membersStart() {
        return Effects.of(Nature.CHANGES)
                .needing(Need.once(Effect.NEW_DATA, Effect.MEMBER_STOPPED), Need.once(Effect.NEW_DATA, Effect.SWITCHED))
                .clearing(Effect.MEMBER_STOPPED, Effect.PROVEN);
    }
}
