package dev.runbook.etcd.config;

import dev.runbook.etcd.config.start.EtcdFlags;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Arguments of etcd's command line, parsed like Go's flag package: {@code -a}, {@code --a}, {@code --a=b} and {@code --a b} are
 * flags, and of a flag that occurs twice the last one takes effect.
 *
 * @param flags every use of a flag, in order
 * @param others arguments that are not flags, with which etcd would not start
 */
record EtcdArguments(List<FlagUse> flags, List<String> others) {
    private static final Pattern FLAG = Pattern.compile("--?[A-Za-z].*", Pattern.DOTALL);

    EtcdArguments {
        flags = List.copyOf(flags);
        others = List.copyOf(others);
    }

    /**
     * One use of a flag.
     *
     * @param index the argument's index
     * @param style how its value is written
     */
    record FlagUse(String name, String value, int index, ValueStyle style) {}

    enum ValueStyle {
        /** {@code --name=value}. */
        JOINED,
        /** {@code --name}, then the value as the next argument. */
        SEPARATE,
        /** {@code --name} alone, which means true. */
        BARE
    }

    /** @param arguments without the program's name */
    static EtcdArguments parse(List<String> arguments) {
        List<FlagUse> flags = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (int index = 0; index < arguments.size(); index++) {
            String argument = arguments.get(index);
            if (!FLAG.matcher(argument).matches()) {
                others.add(argument);
                continue;
            }
            String bare = argument.substring(argument.startsWith("--") ? 2 : 1);
            int equals = bare.indexOf('=');
            if (equals >= 0) {
                flags.add(new FlagUse(bare.substring(0, equals), bare.substring(equals + 1), index, ValueStyle.JOINED));
            } else if (EtcdFlags.standsAlone(bare)
                    || index + 1 == arguments.size()
                    // Of a flag that etcd has, the next word is the value, whatever it looks like.
                    || (!EtcdFlags.takesValue(bare) && looksLikeFlag(arguments.get(index + 1)))) {
                flags.add(new FlagUse(bare, "true", index, ValueStyle.BARE));
            } else {
                flags.add(new FlagUse(bare, arguments.get(index + 1), index, ValueStyle.SEPARATE));
                index++;
            }
        }
        return new EtcdArguments(flags, others);
    }

    /** Values by flag, in the order of first use. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        flags.forEach(use -> values.put(use.name(), use.value()));
        return Collections.unmodifiableMap(values);
    }

    /** The use that takes effect. */
    Optional<FlagUse> last(String name) {
        return flags.reversed().stream().filter(use -> use.name().equals(name)).findFirst();
    }

    /** Whether etcd would parse an argument as a flag, so that it cannot be the separate value of one. */
    static boolean looksLikeFlag(String argument) {
        return FLAG.matcher(argument).matches();
    }

    /** @throws IllegalArgumentException unless it is a flag's name without dashes */
    static String checkName(String name) {
        if (!name.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("not a flag name without dashes: '" + name + "'");
        }
        return name;
    }
}
