package dev.runbook.cli.terminal;

import dev.runbook.execute.Operator;
import dev.runbook.model.Question;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** A person at the terminal, or one who said yes to everything when calling. */
public record Prompt(Terminal terminal, boolean yes) implements Operator {
    @Override
    public Future<Boolean> ask(Question question) {
        question.text().lines().forEach(line -> terminal.note("? " + line));
        if (yes) {
            terminal.note("  yes, by --yes");
            return CompletableFuture.completedFuture(true);
        }
        var answer = new CompletableFuture<Boolean>();
        // A read from the terminal cannot be broken off, so it must not keep the process.
        Thread.ofPlatform()
                .daemon()
                .name("question")
                .start(() -> answer.complete(terminal.confirmed(
                        "Go on? (no answer within " + question.limit().toMinutes() + " min means no)")));
        return answer;
    }
}
