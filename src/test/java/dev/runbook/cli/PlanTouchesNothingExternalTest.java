package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.fleet.DebianSuite;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@Tag("fleet")
@ResourceLock(ControlPlanes.EXTERNAL_FLEET)
class PlanTouchesNothingExternalTest extends PlanTouchesNothing {
    @Test
    void onMembersUnderSystemd() {
        var members = ControlPlanes.external(DebianSuite.TRIXIE);
        members.awaitRest();
        var revision = members.revision();

        planned(members);

        assertThat(members.revision()).isEqualTo(revision);
    }
}
