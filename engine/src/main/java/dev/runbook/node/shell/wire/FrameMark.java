package dev.runbook.node.shell.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A line that the prelude printed, recognised by the nonce.
 *
 * @param before the bytes that were printed since the mark before this one, each as one character
 */
public record FrameMark(String word, List<String> arguments, String before) {
    public FrameMark {
        arguments = List.copyOf(arguments);
    }

    public static FrameMark parse(String line, String before) {
        var words = List.of(line.strip().split(" ", -1));
        return new FrameMark(words.getFirst(), words.subList(1, words.size()), before);
    }

    public boolean is(String expected) {
        return word.equals(expected);
    }

    public int number(int index) {
        return Integer.parseInt(arguments.get(index));
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    public byte[] bytes() {
        return before.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return word + " " + String.join(" ", arguments);
    }
}
