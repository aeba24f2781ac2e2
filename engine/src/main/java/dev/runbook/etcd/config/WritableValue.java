package dev.runbook.etcd.config;

/** Values that are written into files. */
final class WritableValue {
    private WritableValue() {}

    /** Refuses what no UTF-8 file, or no argument of a program, can hold. */
    static String check(String value) throws ConfigProblem {
        boolean unpaired = value.codePoints()
                .anyMatch(character -> character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
        if (unpaired || value.indexOf('\0') >= 0) {
            throw new ConfigProblem("a value has a zero byte or half a character");
        }
        return value;
    }
}
