package dev.runbook.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.journal.RunEvent;
import dev.runbook.node.Claim;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.plan.SampleFacts;
import dev.runbook.plan.SamplePlans;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller whose run another one has taken over stops at once, wherever it is. */
class FencingTest {
    private static final Claim OTHER = new Claim(SamplePlans.RUN.id(), 2, "you@there, process 7", SampleFacts.NOW);

    @TempDir
    private Path folder;

    /** The run until another controller has claimed every node, right after the first such event. */
    private record Run(RunOutcome outcome, List<RunEvent> journal, int fencedAt, MemoryFleet fleet) {}

    private Run fenced(Predicate<RunEvent> when, boolean released) throws IOException {
        var setting = Setting.STACKED;
        var fleet = new MemoryFleet(setting.facts());
        var journal = new ArrayList<RunEvent>();
        var at = new ArrayList<Integer>();
        var outcome = fleet.apply(setting.plan(folder), journal::add, event -> {
            if (at.isEmpty() && when.test(event)) {
                at.add(journal.size());
                fleet.nodes.values().forEach(node -> {
                    try {
                        node.claim(OTHER);
                        if (released) {
                            node.release(OTHER);
                        }
                    } catch (NodeUnreachable e) {
                        throw new AssertionError(e);
                    }
                });
            }
        });
        return new Run(outcome, journal, at.getFirst(), fleet);
    }

    @Test
    void stopsAtOnceAndWritesAndRollsBackNothing() throws IOException {
        var run = fenced(event -> event instanceof RunEvent.StepEnded ended && ended.step() == 3, false);
        assertThat(run.outcome())
                .isInstanceOfSatisfying(
                        RunOutcome.TakenOver.class,
                        over -> assertThat(over.by()).contains("taken over by you@there, process 7 (epoch 2)"));
        assertThat(run.fleet().nodes.values())
                .allSatisfy(node -> assertThat(node.undone()).isEmpty());
        assertThat(run.journal().subList(run.fencedAt(), run.journal().size()))
                // The waits of a rollback alone, which count as done from the beginning of their step.
                .noneMatch(event -> (event instanceof RunEvent.ActionEnded ended && ended.index() > 1)
                        || event instanceof RunEvent.RollbackBegan
                        || event instanceof RunEvent.RunEnded);
        assertThat(run.fleet().locked()).isTrue();
    }

    @Test
    void stopsAtTheCommitToo() throws IOException {
        var run = fenced(RunEvent.CommitBegan.class::isInstance, false);
        assertThat(run.outcome()).isInstanceOf(RunOutcome.TakenOver.class);
        assertThat(run.journal().getLast()).isInstanceOf(RunEvent.CommitBegan.class);
    }

    @Test
    void stopsWhereTheOtherOneHasEndedTheRun() throws IOException {
        var run = fenced(event -> event instanceof RunEvent.StepEnded ended && ended.step() == 3, true);
        assertThat(run.outcome())
                .isInstanceOfSatisfying(
                        RunOutcome.TakenOver.class,
                        over -> assertThat(over.by()).contains("the lock of this node is not held by run"));
    }

    @Test
    void stopsInARollback() throws IOException {
        var setting = Setting.STACKED;
        var fleet = new MemoryFleet(setting.facts());
        var journal = new MemoryJournal();
        fleet.apply(
                setting.plan(folder),
                event -> {
                    journal.append(event);
                    if (event instanceof RunEvent.StepEnded ended && ended.step() == 4) {
                        fleet.interrupt.ask(Interrupt.Request.STOP_NOW);
                    }
                },
                _ -> {});
        var next = new MemoryFleet(fleet);
        var written = new ArrayList<RunEvent>();
        var outcome = next.rollBack(
                journal.state(),
                event -> {
                    written.add(event);
                    if (event instanceof RunEvent.StepUndoBegan) {
                        next.nodes.values().forEach(node -> {
                            try {
                                node.claim(new Claim(OTHER.run(), 9, OTHER.owner(), OTHER.since()));
                            } catch (NodeUnreachable e) {
                                throw new AssertionError(e);
                            }
                        });
                    }
                },
                3);
        assertThat(outcome).isInstanceOf(RunOutcome.TakenOver.class);
        assertThat(written.getLast()).isInstanceOf(RunEvent.StepUndoBegan.class);
    }
}
