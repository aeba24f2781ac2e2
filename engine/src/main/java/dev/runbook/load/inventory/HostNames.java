package dev.runbook.load.inventory;

import java.util.List;

/** Names of hosts in a message: all of a few, else the first with the number of the others. */
public final class HostNames {
    private static final int SHOWN = 8;

    private HostNames() {}

    public static String of(List<String> names) {
        return names.size() <= SHOWN
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, SHOWN - 1)) + " and " + (names.size() - SHOWN + 1) + " more";
    }
}
