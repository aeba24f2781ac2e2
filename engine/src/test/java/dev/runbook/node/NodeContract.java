package dev.runbook.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Answer;
import dev.runbook.model.Attributes;
import dev.runbook.model.Query;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Compensation;
import dev.runbook.model.action.FileAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of the node contract share: a node with a claim, an empty folder on it, and short forms of calls. */
public abstract class NodeContract {
    protected static final Duration SOON = Duration.ofSeconds(20);
    protected static final String RUN = "test-run";
    protected static final String ODD = "odd 'name'\nwith \"$(quotes)\" and *";

    protected Node node;
    private long number = 1;

    /** A node without a claim. */
    protected abstract Node open() throws Exception;

    /** An empty folder on it, for the test alone. */
    protected abstract String folder();

    /** What a new file may belong to: whoever does the work. */
    protected Attributes file(String mode) {
        return new Attributes(mode, 0, 0);
    }

    @BeforeEach
    void claimIt() throws Exception {
        node = open();
        assertThat(node.claim(claim(1, "me@here"))).isEqualTo(new ClaimResult.Granted());
    }

    @AfterEach
    void closeIt() {
        node.close();
    }

    protected static Claim claim(long epoch, String owner) {
        return new Claim(RUN, epoch, owner, Instant.parse("2026-01-01T00:00:00Z"));
    }

    protected List<ActionResult> perform(Action... actions) {
        return performAs(1, actions);
    }

    /** What waits said of themselves since this was cleared, from the node's threads. */
    protected final List<String> seen = new CopyOnWriteArrayList<>();

    /** How many bytes a transfer had moved, each time that it said so. */
    protected final List<Long> moved = new CopyOnWriteArrayList<>();

    protected List<ActionResult> performAs(long epoch, Action... actions) {
        var batch = new Batch(RUN, epoch, number, List.of(actions));
        number += actions.length;
        var heard = new ArrayList<ActionResult>();
        var result = node.perform(batch, new ActionListener() {
            @Override
            public void ended(int index, ActionResult ended) {
                assertThat(index).isEqualTo(heard.size());
                heard.add(ended);
            }

            @Override
            public void waits(int index, String found) {
                assertThat(index).isEqualTo(heard.size());
                seen.add(found);
            }

            @Override
            public void transferred(int index, long bytes, OptionalLong total) {
                assertThat(index).isEqualTo(heard.size());
                moved.add(bytes);
            }
        });
        assertThat(result.results()).isEqualTo(heard);
        return heard;
    }

    protected Answer ask(Query query) throws NodeUnreachable {
        return node.ask(List.of(query), SOON).getFirst();
    }

    protected String read(String path) throws NodeUnreachable {
        return ask(new Query.ReadText(path, 1 << 20)) instanceof Answer.Text(var text) ? text : "(no text)";
    }

    protected boolean there(String path) throws NodeUnreachable {
        return !(ask(new Query.Stat(path)) instanceof Answer.Missing);
    }

    protected void make(String path, String content) {
        done(new FileAction.CreateFile(path, content, file("0600"), folder() + "/aside"));
    }

    protected void done(Action... actions) {
        assertThat(perform(actions))
                .hasSize(actions.length)
                .allSatisfy(ended -> assertThat(ended).isInstanceOf(ActionResult.Done.class));
    }

    protected void alreadyDone(Action... actions) {
        assertThat(perform(actions))
                .hasSize(actions.length)
                .allSatisfy(ended -> assertThat(ended).isInstanceOf(ActionResult.AlreadyDone.class));
    }

    protected void refused(Action action, String... words) {
        assertThat(perform(action).getLast())
                .isInstanceOfSatisfying(
                        ActionResult.Refused.class,
                        refused -> assertThat(refused.failure().summary()).contains(words));
    }

    /** Not touched either, and for another reason than what stands there. */
    protected void fenced(Action action, String... words) {
        assertThat(perform(action).getLast())
                .isInstanceOfSatisfying(
                        ActionResult.Fenced.class,
                        fenced -> assertThat(fenced.failure().summary()).contains(words));
    }

    protected static Action[] undo(Action action) {
        return switch (action.compensation()) {
            case Compensation.By(var actions) -> actions.toArray(Action[]::new);
            case Compensation.Nothing _, Compensation.Impossible _ -> new Action[0];
        };
    }

    /** Done, done again, undone, undone again. */
    protected void everyWay(Action action) {
        done(action);
        alreadyDone(action);
        done(undo(action));
        alreadyDone(undo(action));
    }
}
