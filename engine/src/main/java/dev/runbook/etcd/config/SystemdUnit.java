package dev.runbook.etcd.config;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How systemd starts etcd.
 *
 * @param command program and arguments, as they are written
 * @param environment of {@code Environment=}
 * @param environmentFiles of {@code EnvironmentFile=}, in order: a later one overrides an earlier one, and all override
 *     {@code environment}
 */
public record SystemdUnit(
        List<Word> command, Map<String, String> environment, List<EnvironmentFileReference> environmentFiles) {
    public SystemdUnit {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        environmentFiles = List.copyOf(environmentFiles);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a unit starts at least a program");
        }
    }

    /**
     * A word of the command.
     *
     * @param raw as a unit writes it
     * @param value without quotes; variables ({@code $NAME}) are left
     */
    public record Word(String raw, String value) {}

    /**
     * A file of variables.
     *
     * @param optional whether the unit starts without it
     */
    public record EnvironmentFileReference(String path, boolean optional) {}

    /**
     * Reads what {@code systemctl show -p ExecStart,Environment,EnvironmentFiles UNIT} prints. Specifiers are already
     * replaced there; arguments with white space look like several, so the text of the unit is better where it is at hand.
     */
    public static SystemdUnit parseShow(String output) throws ConfigProblem {
        return SystemdShowParser.parse(output);
    }

    /** Reads what {@code systemctl cat UNIT} prints: the unit and its drop-ins. Specifiers ({@code %i}) are left. */
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
        for (Word word : command.subList(1, command.size())) {
            arguments.addAll(SystemdVariables.expand(word.value(), variables));
        }
        return EtcdArguments.parse(arguments).values();
    }

    /**
     * The environment in which etcd starts.
     *
     * @param files what those files of {@link #environmentFiles()} hold that exist, by path
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
     * The text of a drop-in that starts etcd with one flag set to another value, or added. Every other word stays as it is
     * written.
     *
     * @param flag without dashes
     * @param variables the whole environment, see {@link #environment(Map)}
     * @throws ConfigProblem when the flag comes from a variable that the command names: then it is set there
     */
    public String dropIn(String flag, String value, Map<String, String> variables) throws ConfigProblem {
        EtcdArguments line =
                EtcdArguments.parse(command.stream().skip(1).map(Word::value).toList());
        Optional<EtcdArguments.Use> use = line.last(EtcdArguments.checkName(flag));
        List<String> words = new ArrayList<>(command.stream().map(Word::raw).toList());
        String joined = SystemdQuoting.quote("--" + flag + "=" + WritableValue.check(value));
        if (use.isEmpty() && flags(variables).containsKey(flag)) {
            throw new ConfigProblem("--" + flag + " comes from a variable that ExecStart names");
        }
        if (use.isEmpty()) {
            words.add(joined);
        } else if (use.get().form() == EtcdArguments.Form.SEPARATE) {
            words.set(use.get().index() + 1, joined);
            words.remove(use.get().index() + 2);
        } else {
            words.set(use.get().index() + 1, joined);
        }
        return "[Service]\nExecStart=\nExecStart=" + words.stream().collect(joining(" ")) + "\n";
    }
}
