package dev.runbook.node.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Attributes;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.model.action.RunProgram.ProgramEffect;
import dev.runbook.node.Node;
import dev.runbook.node.NodeContractTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A simulated node keeps the contract of real ones. */
class SimNodeTest extends NodeContractTest {
    private final SimNode sim = new SimNode(
            "sim1", new SimCluster("c1", 1, 1, new SimTime(Instant.EPOCH), SimSnapshots.unwritten()), SimSeed.NONE);

    @Override
    protected Node open() {
        sim.tree().setUp(folder(), SimTree.FOLDER, new Attributes("0755", 0, 0));
        return sim;
    }

    @Override
    protected String folder() {
        return "/work";
    }

    @Test
    void aTextThatBeginsAsFoldersDoInTheModelIsAFile() throws Exception {
        make(folder() + "/file", "folder:a1@c1");
        assertThat(read(folder() + "/file")).isEqualTo("folder:a1@c1");
        refused(new FileAction.MakeFolder(folder() + "/file", file("0700")), "no folder");
    }

    @Test
    void aProgramThatItCannotRunIsSaid() {
        done(program("/opt/drain", "--all"));
        assertThat(sim.assumed())
                .containsExactly("a simulated node cannot run `/opt/drain --all`: its declared effect is assumed");
        assertThat(perform(program("false")).getLast()).isInstanceOf(ActionResult.Failed.class);
    }

    private static Action program(String... argv) {
        return new RunProgram(List.of(argv), Optional.empty(), Duration.ofSeconds(1), new ProgramEffect.ReadOnly());
    }
}
