package dev.runbook.node.shell.wire;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/**
 * What one action or question came to.
 *
 * @param status of its subshell
 * @param marks of it, the last one is its end
 * @param errors the last 4 KiB that it wrote to standard error
 */
public record ScriptResult(int status, List<FrameMark> marks, String errors) {
    private static final List<String> SENTENCES =
            List.of("refused", "barred", "fenced", "failed", "program", "measured", "held");

    public ScriptResult {
        marks = List.copyOf(marks);
    }

    public Optional<FrameMark> mark(String word) {
        return marks.stream().filter(mark -> mark.is(word)).findFirst();
    }

    /** What it printed, without what it said in marks. */
    public byte[] output() {
        var bytes = new ByteArrayOutputStream();
        marks.stream().filter(mark -> !SENTENCES.contains(mark.word())).forEach(mark -> bytes.writeBytes(mark.bytes()));
        return bytes.toByteArray();
    }

    /** Why it did not work, in one line or a few. */
    public String why() {
        var sentence = mark("refused")
                .or(() -> mark("barred"))
                .or(() -> mark("fenced"))
                .or(() -> mark("failed"));
        if (sentence.isPresent()) {
            return sentence.get().text();
        }
        var program = mark("program");
        if (program.isPresent()) {
            return program.get().text() + " ended with status " + program.get().number(0);
        }
        return errors.isBlank()
                ? "it ended with status " + status
                : errors.lines().toList().getLast();
    }
}
