package dev.runbook.etcd.config;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The systemd unit that starts etcd.
 *
 * @param command program and arguments
 * @param environment of {@code Environment=}
 * @param environmentFiles of {@code EnvironmentFile=}, in order: a later one overrides an earlier one, and all override
 *     {@code environment}
 */
public record SystemdUnit(
        List<SystemdWord> command, Map<String, String> environment, List<EnvironmentFileReference> environmentFiles) {
    public SystemdUnit {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        environmentFiles = List.copyOf(environmentFiles);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a unit must start a program");
        }
    }

    /**
     * A file of variables.
     *
     * @param optional whether the unit starts without it
     */
    public record EnvironmentFileReference(String path, boolean optional) {}

    /**
     * Parses the output of {@code systemctl show -p ExecStart,Environment,EnvironmentFiles UNIT}. Specifiers are already
     * replaced there. An argument with white space looks like several, so prefer the text of the unit where it is available.
     */
    public static SystemdUnit parseShow(String output) throws ConfigProblem {
        return SystemdShowParser.parse(output);
    }

    /** Parses the output of {@code systemctl cat UNIT}: the unit and its drop-ins. Specifiers ({@code %i}) are not replaced. */
    public static SystemdUnit parseUnit(String text) throws ConfigProblem {
        return SystemdUnitParser.parse(text);
    }

    /**
     * Flags of the command without dashes, with the variables in it replaced.
     *
     * @param variables the whole environment, see {@link #environment(Map)}
     */
    public Map<String, String> flags(Map<String, String> variables) throws ConfigProblem {
        List<String> arguments = new ArrayList<>();
        for (SystemdWord word : command.subList(1, command.size())) {
            arguments.addAll(SystemdVariables.expand(word.value(), variables));
        }
        return EtcdArguments.parse(arguments).values();
    }

    /**
     * The environment of etcd.
     *
     * @param files contents of the {@link #environmentFiles()} that exist, by path
     */
    public Map<String, String> environment(Map<String, EnvironmentFile> files) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        for (EnvironmentFileReference reference : environmentFiles) {
            EnvironmentFile file = files.get(reference.path());
            if (file != null) {
                all.putAll(file.values());
            }
        }
        return Collections.unmodifiableMap(all);
    }

    /**
     * The text of a drop-in that starts etcd with one flag changed or added. Every other word stays as it is.
     *
     * @param flag without dashes
     * @param variables the whole environment, see {@link #environment(Map)}
     * @throws ConfigProblem when the flag comes from a variable of the command, because it must be changed there
     */
    public String dropIn(String flag, String value, Map<String, String> variables) throws ConfigProblem {
        EtcdArguments line = EtcdArguments.parse(
                command.stream().skip(1).map(SystemdWord::value).toList());
        Optional<EtcdArguments.FlagUse> use = line.last(EtcdArguments.checkName(flag));
        List<String> words =
                new ArrayList<>(command.stream().map(SystemdWord::raw).toList());
        String joined = SystemdQuoting.quote("--" + flag + "=" + WritableValue.check(value));
        if (use.isEmpty() && flags(variables).containsKey(flag)) {
            throw new ConfigProblem("--" + flag + " comes from a variable that ExecStart uses; change the variable");
        }
        if (use.isEmpty()) {
            words.add(joined);
        } else if (use.get().style() == EtcdArguments.ValueStyle.SEPARATE) {
            words.set(use.get().index() + 1, joined);
            words.remove(use.get().index() + 2);
        } else {
            words.set(use.get().index() + 1, joined);
        }
        return "[Service]\nExecStart=\nExecStart=" + words.stream().collect(joining(" ")) + "\n";
    }
}
