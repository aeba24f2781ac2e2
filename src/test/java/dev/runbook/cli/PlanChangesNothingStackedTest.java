package dev.runbook.cli;

import dev.runbook.cli.testing.ControlPlanes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@Tag("fleet")
@ResourceLock(ControlPlanes.STACKED_FLEET)
class PlanChangesNothingStackedTest extends PlanChangesNothing {
    /** Without a check of the revision, because API servers renew their leases all the time. */
    @Test
    void onStaticPods() {
        assertPlanChangesNothing(ControlPlanes.stacked());
    }
}
