package dev.runbook.etcd.config;

import dev.runbook.etcd.config.start.EtcdFlags;
import dev.runbook.etcd.config.start.EtcdRelease;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Merges flags and variables: {@code ETCD_DATA_DIR} means {@code --data-dir}. */
final class EffectiveFlags {
    private static final String PREFIX = "ETCD_";

    private EffectiveFlags() {}

    /** All settings, as etcd sees them: booleans are {@code true} or {@code false}. */
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
        effective.replaceAll((flag, value) ->
                EtcdFlags.isBoolean(flag) ? EtcdFlags.bool(value).orElse(value) : value);
        return Collections.unmodifiableMap(effective);
    }

    static String variable(String flag) {
        return PREFIX + flag.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * Rejects what etcd does not start with.
     *
     * @param line of etcd's own command line
     * @param environment as it reaches etcd
     * @param release empty when it is not known
     */
    static void check(EtcdArguments line, Map<String, String> environment, Optional<EtcdRelease> release)
            throws ConfigProblem {
        if (!line.others().isEmpty()) {
            throw new ConfigProblem(
                    "etcd does not start: '" + line.others().getFirst() + "' in its command line is not a flag");
        }
        for (EtcdArguments.FlagUse use : line.flags()) {
            if (release.isPresent()) {
                reject(EtcdFlags.missing(use.name(), release.get()));
            }
            if (use.style() == EtcdArguments.ValueStyle.BARE && EtcdFlags.takesValue(use.name())) {
                throw new ConfigProblem("etcd does not start: --" + use.name() + " needs a value");
            }
            checkBoolean("--" + use.name(), use.name(), use.value());
        }
        Map<String, String> flags = line.values();
        if (flags.containsKey("config-file")
                || !environment.getOrDefault("ETCD_CONFIG_FILE", "").isEmpty()) {
            // etcd then reads no variables.
            return;
        }
        boolean mayRepeat = release.isPresent() && release.get().allowsFlagBesideVariable();
        for (String flag : flags.keySet()) {
            // Also one that is set to nothing.
            if (environment.containsKey(variable(flag)) && !mayRepeat) {
                throw new ConfigProblem("--" + flag + " is given beside the variable " + variable(flag)
                        + ", and with both etcd does not start (\"conflicting environment variable is shadowed\"):"
                        + " remove one of them");
            }
        }
        for (Map.Entry<String, String> setting : of(Map.of(), environment).entrySet()) {
            checkBoolean(variable(setting.getKey()), setting.getKey(), setting.getValue());
        }
    }

    private static void checkBoolean(String written, String flag, String value) throws ConfigProblem {
        if (EtcdFlags.isBoolean(flag) && EtcdFlags.bool(value).isEmpty()) {
            throw new ConfigProblem("etcd does not start: " + written + " is '" + value + "' instead of true or false");
        }
    }

    private static void reject(Optional<String> why) throws ConfigProblem {
        if (why.isPresent()) {
            throw new ConfigProblem(why.get());
        }
    }
}
