package dev.runbook.cli.terminal;

import dev.runbook.execute.Operator;
import dev.runbook.model.Question;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** The operator at the terminal, or {@code --yes} as the answer to every question. */
public record Prompt(Terminal terminal, boolean yes) implements Operator {
    @Override
    public Future<Boolean> ask(Question question) {
        question.text().lines().forEach(line -> terminal.note("? " + line));
        if (yes) {
            terminal.note("  yes, by --yes");
            return CompletableFuture.completedFuture(true);
        }
        var answer = new CompletableFuture<Boolean>() {
            @Override
            public boolean cancel(boolean interrupts) {
                terminal.unasked();
                return super.cancel(interrupts);
            }
        };
        // A read from the terminal cannot be cancelled, so it must not keep the process alive.
        Thread.ofPlatform()
                .daemon()
                .name("question")
                .start(() -> answer.complete(terminal.confirm(
                        "Continue? (no answer within " + question.limit().toMinutes() + " min means no)")));
        return answer;
    }
}
