package dev.runbook.load;

import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;

/** Keys and names of the runbook format beside the step types, for schemas and references. */
public final class Vocabulary {
    private Vocabulary() {}

    /** Keys of a runbook. */
    public static List<String> runbookKeys() {
        return RunbookReader.KEYS;
    }

    /** Keys that any step may have. */
    public static List<String> stepKeys() {
        return StepReader.COMMON;
    }

    /** Keys of an input's declaration. */
    public static List<String> inputKeys() {
        return InputsReader.KEYS;
    }

    /** Keys of an allowance. */
    public static List<String> allowanceKeys() {
        return AllowanceReader.KEYS;
    }

    /** Types that an input can have. */
    public static SequencedSet<String> inputTypes() {
        return new TreeSet<>(InputsReader.TYPES.keySet());
    }

    /** Ids of steps and names of inputs, as a regular expression over the whole name. */
    public static String nameRegex() {
        return "^(?!(?:" + String.join("|", new TreeSet<>(ExpressionNames.RESERVED)) + ")$)"
                + ExpressionNames.IDENTIFIER.pattern() + "$";
    }
}
