package dev.runbook.etcd.config;

/** Checks values before they are written into files. */
final class WritableValue {
    private WritableValue() {}

    /** Rejects what a UTF-8 file or an argument of a program cannot contain. */
    static String check(String value) throws ConfigProblem {
        boolean unpaired = value.codePoints()
                .anyMatch(character -> character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
        if (unpaired || value.indexOf('\0') >= 0) {
            throw new ConfigProblem("a value has a NUL byte or an unpaired surrogate");
        }
        return value;
    }
}
