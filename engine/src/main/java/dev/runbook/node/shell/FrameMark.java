package dev.runbook.node.shell;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A line that the prelude printed, recognised by the nonce.
 *
 * @param before the bytes that were printed since the mark before this one, each as one character
 */
record FrameMark(String word, List<String> arguments, String before) {
    FrameMark {
        arguments = List.copyOf(arguments);
    }

    static FrameMark parse(String line, String before) {
        var words = List.of(line.strip().split(" ", -1));
        return new FrameMark(words.getFirst(), words.subList(1, words.size()), before);
    }

    boolean is(String expected) {
        return word.equals(expected);
    }

    int number(int index) {
        return Integer.parseInt(arguments.get(index));
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return before.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return word + " " + String.join(" ", arguments);
    }
}
