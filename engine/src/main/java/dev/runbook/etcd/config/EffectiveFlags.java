package dev.runbook.etcd.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Merges flags and variables: {@code ETCD_DATA_DIR} means {@code --data-dir}, and a flag overrides its variable. */
final class EffectiveFlags {
    private static final String PREFIX = "ETCD_";

    private EffectiveFlags() {}

    static Map<String, String> of(Map<String, String> flags, Map<String, String> environment) {
        Map<String, String> effective = new LinkedHashMap<>(flags);
        environment.forEach((variable, value) -> {
            // etcd treats an empty variable as unset (etcd: pkg/flags/flag.go).
            if (variable.startsWith(PREFIX) && !value.isEmpty()) {
                String flag = variable.substring(PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
                effective.putIfAbsent(flag, value);
            }
        });
        return Collections.unmodifiableMap(effective);
    }
}
