package dev.runbook.etcd.config;

import java.util.ArrayList;
import java.util.List;

/** systemd's state machine, one character at a time (systemd: parse_env_file_internal in src/basic/env-file.c). */
final class EnvironmentFileParser {
    private static final String WHITE = " \t\n\r";
    private static final String LINE_END = "\n\r";
    private static final String ESCAPED_IN_QUOTES = "\"\\`$";

    private enum State {
        BEFORE_NAME,
        NAME,
        BEFORE_VALUE,
        VALUE,
        VALUE_ESCAPE,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        DOUBLE_QUOTED_ESCAPE,
        COMMENT,
        COMMENT_ESCAPE
    }

    private final String text;
    private final List<EnvironmentFile.Assignment> assignments = new ArrayList<>();
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder value = new StringBuilder();
    private State state = State.BEFORE_NAME;
    private int start;
    private int trailingWhite;
    private boolean afterEscapedComment;

    EnvironmentFileParser(String text) {
        this.text = text;
    }

    List<EnvironmentFile.Assignment> parse() throws ConfigProblem {
        for (int index = 0; index < text.length(); index++) {
            take(text.charAt(index), index);
        }
        switch (state) {
            case BEFORE_VALUE, VALUE, VALUE_ESCAPE, SINGLE_QUOTED, DOUBLE_QUOTED, DOUBLE_QUOTED_ESCAPE ->
                assign(text.length());
            case BEFORE_NAME, NAME, COMMENT, COMMENT_ESCAPE -> {}
        }
        return assignments;
    }

    private void take(char character, int index) throws ConfigProblem {
        boolean lineEnd = LINE_END.indexOf(character) >= 0;
        boolean white = WHITE.indexOf(character) >= 0;
        switch (state) {
            case BEFORE_NAME -> beforeName(character, white, lineEnd, index);
            case NAME -> {
                if (lineEnd) {
                    name.setLength(0);
                    state = State.BEFORE_NAME;
                } else if (character == '=') {
                    state = State.BEFORE_VALUE;
                    start = index + 1;
                    trailingWhite = 0;
                } else {
                    name.append(character);
                }
            }
            case BEFORE_VALUE -> beforeValue(character, white, lineEnd, index);
            case VALUE -> {
                if (lineEnd) {
                    assign(index);
                } else if (character == '\\') {
                    state = State.VALUE_ESCAPE;
                    trailingWhite = 0;
                } else {
                    trailingWhite = white ? trailingWhite + 1 : 0;
                    value.append(character);
                }
            }
            case VALUE_ESCAPE -> {
                state = State.VALUE;
                if (!lineEnd) {
                    value.append(character);
                }
            }
            case SINGLE_QUOTED -> quoted(character, '\'');
            case DOUBLE_QUOTED -> {
                if (character == '\\') {
                    state = State.DOUBLE_QUOTED_ESCAPE;
                } else {
                    quoted(character, '"');
                }
            }
            case DOUBLE_QUOTED_ESCAPE -> {
                state = State.DOUBLE_QUOTED;
                if (ESCAPED_IN_QUOTES.indexOf(character) >= 0) {
                    value.append(character);
                } else if (character != '\n') {
                    value.append('\\').append(character);
                }
            }
            case COMMENT -> {
                if (character == '\\') {
                    state = State.COMMENT_ESCAPE;
                } else if (lineEnd) {
                    state = State.BEFORE_NAME;
                }
            }
            case COMMENT_ESCAPE -> {
                afterEscapedComment = lineEnd;
                state = lineEnd ? State.BEFORE_NAME : State.COMMENT;
            }
        }
    }

    private void beforeName(char character, boolean white, boolean lineEnd, int index) throws ConfigProblem {
        if (character == '#' || character == ';') {
            state = State.COMMENT;
        } else if (!white) {
            if (afterEscapedComment) {
                long line = 1
                        + text.substring(0, index)
                                .chars()
                                .filter(before -> before == '\n')
                                .count();
                throw new ConfigProblem(
                        "line " + line + ": the comment before it ends with a backslash, so that systemd"
                                + " before 254 takes this line for a part of it, and later ones do not");
            }
            state = State.NAME;
            name.append(character);
        }
        // The line after a continued comment ends what versions disagree on.
        afterEscapedComment = afterEscapedComment && white && !lineEnd;
    }

    private void beforeValue(char character, boolean white, boolean lineEnd, int index) {
        if (lineEnd) {
            assign(index);
        } else if (character == '\'') {
            state = State.SINGLE_QUOTED;
        } else if (character == '"') {
            state = State.DOUBLE_QUOTED;
        } else if (character == '\\') {
            state = State.VALUE_ESCAPE;
        } else if (!white) {
            state = State.VALUE;
            value.append(character);
        }
    }

    private void quoted(char character, char quote) {
        if (character == quote) {
            state = State.BEFORE_VALUE;
        } else {
            value.append(character);
        }
    }

    private void assign(int end) {
        if (state == State.VALUE) {
            value.setLength(value.length() - trailingWhite);
        }
        assignments.add(new EnvironmentFile.Assignment(name.toString().stripTrailing(), value.toString(), start, end));
        name.setLength(0);
        value.setLength(0);
        state = State.BEFORE_NAME;
    }
}
