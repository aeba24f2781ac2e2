package dev.runbook.cli;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@Tag("fleet")
@ResourceLock(ControlPlanes.STACKED_FLEET)
class PlanTouchesNothingStackedTest extends PlanTouchesNothing {
    /** The revision is left out: API servers renew their leases all the time. */
    @Test
    void onStaticPods() {
        planned(ControlPlanes.stacked());
    }
}
