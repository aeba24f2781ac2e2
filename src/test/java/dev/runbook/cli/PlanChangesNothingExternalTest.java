package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.testing.ControlPlanes;
import dev.runbook.cli.testing.FleetGuard;
import dev.runbook.fleet.DebianSuite;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

@Tag("fleet")
@ExtendWith(FleetGuard.class)
@ResourceLock(ControlPlanes.EXTERNAL_FLEET)
class PlanChangesNothingExternalTest extends PlanChangesNothing {
    @Test
    void onMembersUnderSystemd() {
        var members = ControlPlanes.external(DebianSuite.TRIXIE);
        members.awaitSettled();
        var revision = members.revision();

        assertPlanChangesNothing(members);

        assertThat(members.revision()).isEqualTo(revision);
    }
}
