package dev.runbook.etcd.config.start;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The check for corruption that a starting member makes before it serves its peers: {@code
 * --experimental-initial-corrupt-check} to 3.5, {@code --feature-gates=InitialCorruptCheck=true} from 3.6. kubeadm turns it on.
 */
public final class InitialCorruptCheck {
    private InitialCorruptCheck() {}

    /** Whether a member with these flags makes it. */
    public static boolean isOn(Map<String, String> flags) {
        return isTrue(flags.get("experimental-initial-corrupt-check"))
                || Optional.ofNullable(flags.get("feature-gates")).stream()
                        .flatMap(gates -> Arrays.stream(gates.split(",", -1)))
                        .map(String::strip)
                        .anyMatch(gate -> gate.startsWith("InitialCorruptCheck=")
                                && isTrue(gate.substring(gate.indexOf('=') + 1).strip()));
    }

    /** As Go's strconv.ParseBool; a flag without a value is true. */
    private static boolean isTrue(@Nullable String value) {
        return value != null
                && (value.isEmpty()
                        || value.equalsIgnoreCase("true")
                        || value.equals("1")
                        || value.equalsIgnoreCase("t"));
    }
}
