package dev.runbook.cli;

import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.FleetGuard;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(ControlPlanes.STACKED_FLEET)
class PlanChangesNothingStackedTest extends PlanChangesNothing {
    /** Without a check of the revision, because API servers renew their leases all the time. */
    @Test
    void onStaticPods() {
        assertPlanChangesNothing(ControlPlanes.stacked());
    }
}
