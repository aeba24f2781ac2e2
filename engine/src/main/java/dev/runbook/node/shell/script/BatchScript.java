package dev.runbook.node.shell.script;

import dev.runbook.model.action.Action;
import dev.runbook.model.action.EtcdDataAction;
import dev.runbook.model.action.RunProgram;
import dev.runbook.node.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lines of a script: calls that say which action of which batch they are. */
public final class BatchScript {
    private BatchScript() {}

    public static String open(Batch batch, String session, String token) {
        return line(
                "rb_open",
                List.of(
                        batch.run(),
                        Long.toString(batch.epoch()),
                        session,
                        token,
                        keep(batch) ? Long.toString(batch.first()) : "-",
                        ScriptArguments.seconds(openPatience(batch))));
    }

    /** Opens nothing new: waits for what an earlier connection of the same controller still does of these actions. */
    public static String settle(Batch left, String session) {
        return line(
                "rb_open",
                List.of(
                        left.run(),
                        Long.toString(left.epoch()),
                        session,
                        "-",
                        "any",
                        ScriptArguments.seconds(Duration.ofSeconds(20).plus(longest(left)))));
    }

    /** How long the one of them may take that outlives its shell. */
    public static Duration longest(Batch batch) {
        return batch.actions().stream()
                .filter(BatchScript::outlivesItsShell)
                .map(Action::deadline)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** A batch that begins with what outlives a shell waits for that, if it still runs from before. */
    private static boolean keep(Batch batch) {
        return !batch.actions().isEmpty() && outlivesItsShell(batch.actions().getFirst());
    }

    private static boolean outlivesItsShell(Action action) {
        return action instanceof RunProgram
                || action instanceof EtcdDataAction.RestoreData
                || action instanceof EtcdDataAction.SaveSnapshot;
    }

    /** How long a batch waits for an older one to end. */
    public static Duration openPatience(Batch batch) {
        var usual = Duration.ofSeconds(20);
        return keep(batch) ? usual.plus(batch.actions().getFirst().deadline()) : usual;
    }

    public static String close() {
        return "rb_close\n";
    }

    /** One line for each action, in order; for those in which this machine has a part, the line that begins it. */
    public static List<String> acts(Batch batch) {
        var lines = new ArrayList<String>();
        for (var action : batch.actions()) {
            var index = lines.size();
            lines.add(
                    switch (ActionWorker.of(action)) {
                        case ActionWorker.OnNode() ->
                            act(batch, index, words(batch, index).render(action), action.mutates());
                        // Recorded when its bytes are there: until then it is only a .part file.
                        case ActionWorker.Send _, ActionWorker.Fetch _ ->
                            act(batch, index, words(batch, index).render(action), false);
                        case ActionWorker.Stream _, ActionWorker.Wait _ -> "";
                    });
        }
        return lines;
    }

    /** A call for the action {@code index}. */
    public static String act(Batch batch, int index, List<String> call, boolean mutates) {
        var action = batch.actions().get(index);
        var words = new ArrayList<>(List.of(
                Integer.toString(index), Long.toString(batch.first() + index), action.kind(), mutates ? "yes" : "no"));
        words.addAll(call);
        return line("rb_act", words);
    }

    public static String ask(int index, List<String> call) {
        return "rb_ask " + index + " " + ShellQuote.words(call) + "\n";
    }

    private static ActionScript words(Batch batch, int index) {
        return new ActionScript(batch.run(), batch.first() + index);
    }

    private static String line(String function, List<String> words) {
        return function + " " + ShellQuote.words(words) + "\n";
    }
}
