package dev.runbook.facts;

import java.util.Map;

/**
 * A systemd unit that exists.
 *
 * @param properties as {@code systemctl show} prints them
 */
public record UnitFacts(String unit, Map<String, String> properties) {
    public UnitFacts {
        properties = Map.copyOf(properties);
    }

    /** Running, or on its way there: a member that waits for its quorum is {@code activating}. */
    public boolean active() {
        var state = properties.getOrDefault("ActiveState", "");
        return state.equals("active") || state.equals("activating") || state.equals("reloading");
    }
}
