package dev.runbook.facts;

import java.util.Map;

/**
 * A systemd unit that exists.
 *
 * @param properties as {@code systemctl show} prints them
 * @param dropInFolderExists whether {@link #dropInFolder} is there
 */
public record UnitFacts(String unit, Map<String, String> properties, boolean dropInFolderExists) {
    public UnitFacts {
        properties = Map.copyOf(properties);
    }

    /** The folder of an administrator's drop-ins for the unit. */
    public String dropInFolder() {
        return "/etc/systemd/system/" + unit + ".d";
    }

    /** The properties as {@code systemctl show} prints them; one with several values is several lines. */
    public String shown() {
        var text = new StringBuilder();
        properties.forEach((name, value) -> value.lines()
                .forEach(line -> text.append(name).append('=').append(line).append('\n')));
        return text.toString();
    }

    /** Whether the unit runs or starts: a member that waits for its quorum is {@code activating}. */
    public boolean active() {
        var state = properties.getOrDefault("ActiveState", "");
        return state.equals("active") || state.equals("activating") || state.equals("reloading");
    }
}
