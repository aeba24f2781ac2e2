package dev.runbook.etcd.config;

import static java.util.stream.Collectors.joining;

import dev.runbook.etcd.config.start.Launch;
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
     * What the command starts.
     *
     * @param variables the whole environment, see {@link #environment(Map)}
     * @param words of the command, with variables replaced
     */
    record Started(Launch launch, List<String> words, Map<String, String> variables) {
        /**
         * etcd's own command line.
         *
         * @throws ConfigProblem when something else is started
         */
        EtcdArguments line() throws ConfigProblem {
            return switch (launch) {
                case Launch.Etcd etcd -> EtcdArguments.parse(words.subList(etcd.program() + 1, words.size()));
                case Launch.ShellLine line ->
                    EtcdArguments.parse(line.flags().stream()
                            .map(flag -> "--" + flag + "=" + variables.getOrDefault(EffectiveFlags.variable(flag), ""))
                            .toList());
                case Launch.Shell shell ->
                    throw new ConfigProblem("ExecStart runs a shell, " + shell.program()
                            + ": a shell script starts etcd, so its flags are unknown; give ExecStart etcd itself, and"
                            + " its settings in an environment file");
                case Launch.Other other -> throw new ConfigProblem("ExecStart " + other.why());
            };
        }

        /** The environment as it reaches etcd. */
        Map<String, String> environment() {
            return launch instanceof Launch.Etcd etcd ? etcd.environment() : variables;
        }
    }

    /** @param variables the whole environment, see {@link #environment(Map)} */
    Started started(Map<String, String> variables) throws ConfigProblem {
        List<String> words = new ArrayList<>();
        words.add(SystemdUnitParser.withoutPrefix(command.getFirst().value()));
        for (SystemdWord word : command.subList(1, command.size())) {
            words.addAll(SystemdVariables.expand(word.value(), variables));
        }
        Launch launch = Launch.of(words, variables);
        if (launch instanceof Launch.Shell) {
            // The well-known line is known by its variables.
            launch = Launch.of(plainWords(), variables);
        }
        return new Started(launch, words, variables);
    }

    /**
     * Path of the program of etcd, as the command has it.
     *
     * @param variables the whole environment, see {@link #environment(Map)}
     */
    public Optional<String> program(Map<String, String> variables) throws ConfigProblem {
        Started started = started(variables);
        return switch (started.launch()) {
            case Launch.Etcd etcd -> Optional.of(started.words().get(etcd.program()));
            case Launch.ShellLine line -> Optional.of(line.program());
            case Launch.Shell _, Launch.Other _ -> Optional.empty();
        };
    }

    /**
     * Whether a shell starts etcd, with the one line whose flags only repeat variables: it is edited in an environment file
     * alone.
     */
    public boolean startsShellLine(Map<String, String> variables) throws ConfigProblem {
        return started(variables).launch() instanceof Launch.ShellLine;
    }

    /**
     * Flags of the command without dashes, with the variables in it replaced.
     *
     * @param variables the whole environment, see {@link #environment(Map)}
     */
    public Map<String, String> flags(Map<String, String> variables) throws ConfigProblem {
        return started(variables).line().values();
    }

    /** The words of the command as {@code systemctl show} prints them after {@code argv[]=}. */
    public String shownCommand() {
        return command.stream().map(SystemdWord::value).collect(joining(" "));
    }

    /** The unit with a drop-in that takes effect after all others. */
    public SystemdUnit withDropIn(String text) throws ConfigProblem {
        return SystemdUnitParser.parse(this, text);
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
        List<String> values = command.stream().map(SystemdWord::value).toList();
        int first = firstArgument(variables);
        EtcdArguments line = EtcdArguments.parse(values.subList(first, values.size()));
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
            words.set(use.get().index() + first, joined);
            words.remove(use.get().index() + first + 1);
        } else {
            words.set(use.get().index() + first, joined);
        }
        return "[Service]\nExecStart=\nExecStart=" + words.stream().collect(joining(" ")) + "\n";
    }

    /** The words of the command as the unit has them, without quotes. */
    private List<String> plainWords() {
        List<String> words =
                new ArrayList<>(command.stream().map(SystemdWord::value).toList());
        words.set(0, SystemdUnitParser.withoutPrefix(words.getFirst()));
        return words;
    }

    /** Index of the first word after etcd, among the words as the unit has them. */
    private int firstArgument(Map<String, String> variables) throws ConfigProblem {
        Started started = started(variables);
        if (started.launch() instanceof Launch.Etcd
                && Launch.of(plainWords(), Map.of()) instanceof Launch.Etcd(int program, Map<String, String> _)) {
            return program + 1;
        }
        throw new ConfigProblem("ExecStart does not start etcd directly, so a flag cannot be added to it");
    }
}
