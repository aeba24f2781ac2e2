package dev.runbook.etcd.config;

import dev.runbook.etcd.config.start.Launch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The manifest of etcd's static pod, as kubeadm writes {@code /etc/kubernetes/manifests/etcd.yaml}.
 *
 * <p>Edits return a new manifest whose text differs in one place: comments, order, quotes and line ends stay. An edit that
 * cannot be made like that is rejected.
 */
public final class StaticPodManifest {
    private final YamlSource yaml;
    private final YamlNode container;
    private final List<Argument> arguments;
    private final EtcdArguments commandLine;
    private final ContainerMounts mounts;
    private final EtcdContainer.Variables variables;
    private final PodFields fields;
    private final Launch launch;

    private StaticPodManifest(YamlSource yaml, PodFields fields) throws ConfigProblem {
        this.yaml = yaml;
        this.fields = fields;
        this.container = EtcdContainer.find(yaml.root());
        this.variables = EtcdContainer.variables(yaml.root(), container, fields);
        this.mounts = EtcdContainer.mounts(yaml.root(), container);
        List<Argument> words = EtcdContainer.words(container);
        List<String> expanded = words.stream()
                .map(word -> ContainerVariables.expand(word.text(), variables.values()))
                .toList();
        // Without a command the image has the program.
        boolean ofImage = expanded.isEmpty() || EtcdArguments.looksLikeFlag(expanded.getFirst());
        this.launch = ofImage
                ? new Launch.Etcd(-1, variables.values())
                : Launch.of(expanded, environmentWithUntold(variables));
        int program = switch (launch) {
            case Launch.Etcd etcd -> etcd.program();
            // Components of the control plane are read too: their program is the first word.
            case Launch.Shell _, Launch.ShellLine _, Launch.Other _ -> 0;
        };
        this.arguments = words.subList(program + 1, words.size());
        this.commandLine = EtcdArguments.parse(expanded.subList(program + 1, expanded.size()));
        if (launch instanceof Launch.Shell || launch instanceof Launch.ShellLine) {
            throw new ConfigProblem("line " + words.getFirst().list().place().line()
                    + ": a shell script starts etcd, so its flags are unknown");
        }
    }

    /** A variable that cannot be told is there nevertheless. */
    private static Map<String, String> environmentWithUntold(EtcdContainer.Variables variables) {
        Map<String, String> all = new LinkedHashMap<>(variables.values());
        variables.untold().keySet().forEach(name -> all.put(name, "$(" + name + ")"));
        return all;
    }

    /** An argument, and the list that contains it. */
    record Argument(YamlNode.Sequence list, int index, String text) {}

    /**
     * Reads a manifest.
     *
     * @throws ConfigProblem when it is not a single pod with a container that runs etcd directly
     */
    public static StaticPodManifest parse(String yaml) throws ConfigProblem {
        return parse(yaml, PodFields.UNKNOWN);
    }

    /**
     * Reads a manifest of a certain node.
     *
     * @param fields what its {@code fieldRef} variables stand for
     */
    public static StaticPodManifest parse(String yaml, PodFields fields) throws ConfigProblem {
        return new StaticPodManifest(YamlSource.parse(yaml), fields);
    }

    private StaticPodManifest with(String changed) throws ConfigProblem {
        return parse(changed, fields);
    }

    public String text() {
        return yaml.text();
    }

    /** The image's name, empty when there is none. */
    public String image() throws ConfigProblem {
        return YamlPath.text(container, "image");
    }

    /** etcd's flags without dashes, from {@code command} and {@code args}, with the container's variables replaced. */
    public Map<String, String> flags() {
        return commandLine.values();
    }

    public Optional<String> flag(String name) {
        return Optional.ofNullable(flags().get(name));
    }

    /** The value of a flag, or of the variable that stands for it. */
    Optional<String> setting(String name) {
        return flag(name).or(() -> Optional.ofNullable(environment().get(EffectiveFlags.variable(name))));
    }

    /** The container's variables that are given as values, or can be told, in order. */
    public Map<String, String> environment() {
        return variables.values();
    }

    /** Sources of the variables whose values cannot be told, by name. */
    Map<String, String> untold() {
        return variables.untold();
    }

    Launch launch() {
        return launch;
    }

    EtcdArguments commandLine() {
        return commandLine;
    }

    /** The host's paths of hostPath volumes by volume name. */
    public Map<String, String> hostPaths() {
        return mounts.hostPaths();
    }

    /** The host's path of a path in the container; empty when it is not in a hostPath volume. */
    public Optional<String> hostPathOf(String containerPath) {
        return mounts.hostPathOf(containerPath);
    }

    /**
     * Sets a flag: in place, or in the variable of the container that stands for it, else at the end of the list of the flags.
     *
     * @param name without dashes
     */
    public StaticPodManifest withFlag(String name, String value) throws ConfigProblem {
        Optional<EtcdArguments.FlagUse> use = commandLine.last(EtcdArguments.checkName(name));
        String variable = EffectiveFlags.variable(name);
        if (use.isEmpty() && variables.untold().containsKey(variable)) {
            throw new ConfigProblem("the value of " + variable + " comes from "
                    + variables.untold().get(variable));
        }
        if (use.isEmpty() && variables.values().containsKey(variable)) {
            // With both a flag and its variable etcd does not start: "shadowed by corresponding command-line flag".
            return withVariable(variable, value);
        }
        String escaped = ContainerVariables.escape(value);
        String joined = "--" + name + "=" + escaped;
        YamlSplice splice = new YamlSplice(yaml);
        String changed;
        if (use.isEmpty()) {
            changed = splice.append(listOfFlags(), joined);
        } else {
            changed = switch (use.get().style()) {
                case JOINED -> {
                    Argument argument = arguments.get(use.get().index());
                    String start = argument.text().substring(0, argument.text().indexOf('=') + 1);
                    yield splice.replace(node(argument), start + escaped);
                }
                case SEPARATE -> {
                    Argument argument = arguments.get(use.get().index() + 1);
                    if (EtcdArguments.looksLikeFlag(value)) {
                        // Only by its index: without its value, the flag takes the next word for one.
                        StaticPodManifest without = with(splice.remove(argument.list(), argument.index()));
                        yield new YamlSplice(without.yaml)
                                .replace(node(without.arguments.get(use.get().index())), joined);
                    }
                    yield splice.replace(node(argument), escaped);
                }
                case BARE -> splice.replace(node(arguments.get(use.get().index())), joined);
            };
        }
        return checked(changed, name, Optional.of(value));
    }

    private StaticPodManifest withVariable(String variable, String value) throws ConfigProblem {
        if (value.equals(variables.values().get(variable))) {
            return this;
        }
        if (value.isEmpty()) {
            throw new ConfigProblem("etcd takes an empty " + variable + " for one that is not set");
        }
        StaticPodManifest changed = with(new YamlSplice(yaml)
                .replace(EtcdContainer.value(container, variable), ContainerVariables.escape(value)));
        if (!value.equals(changed.environment().get(variable))
                || !(changed.launch instanceof Launch.Etcd(int _, Map<String, String> inside))
                || !value.equals(inside.get(variable))) {
            throw new ConfigProblem(variable + " would read back as another value");
        }
        return changed;
    }

    /** Removes every use of a flag; returns the same manifest when there is none. */
    public StaticPodManifest withoutFlag(String name) throws ConfigProblem {
        Optional<EtcdArguments.FlagUse> use = commandLine.last(EtcdArguments.checkName(name));
        if (use.isEmpty()) {
            return this;
        }
        int index = use.get().index();
        StaticPodManifest without = this;
        if (use.get().style() == EtcdArguments.ValueStyle.SEPARATE) {
            Argument value = arguments.get(index + 1);
            without = with(new YamlSplice(yaml).remove(value.list(), value.index()));
        }
        // The value followed the flag, so the index of the flag is still the same.
        Argument flag = without.arguments.get(index);
        return with(new YamlSplice(without.yaml).remove(flag.list(), flag.index()))
                .withoutFlag(name);
    }

    /** Changes the folder of the host of a hostPath volume. */
    public StaticPodManifest withHostPath(String volumeName, String path) throws ConfigProblem {
        return with(new YamlSplice(yaml).replace(EtcdContainer.hostPath(yaml.root(), volumeName), path));
    }

    /**
     * Moves the data folder inside the container: the flag and the mount that contains it. The folder of the host stays.
     *
     * @throws ConfigProblem also when another flag has a path in the mount, which would move too
     */
    public StaticPodManifest withDataDir(String path) throws ConfigProblem {
        String before = setting("data-dir").orElseThrow(() -> new ConfigProblem("it has no --data-dir"));
        ContainerMounts.Mount mount = mounts.mountOf(before)
                .orElseThrow(() -> new ConfigProblem("no volume is mounted at --data-dir " + before));
        StaticPodManifest flagged = withFlag("data-dir", path);
        if (mount.contains(ContainerMounts.withoutSlash(path))) {
            return flagged;
        }
        String rest =
                ContainerMounts.withoutSlash(before).substring(mount.mountPath().length());
        if (!path.endsWith(rest) || path.length() == rest.length()) {
            throw new ConfigProblem("the data folder is " + rest + " below its mount " + mount.mountPath() + ", and "
                    + path + " does not end with that");
        }
        for (Map.Entry<String, String> flag : flags().entrySet()) {
            if (!flag.getKey().equals("data-dir") && mount.contains(flag.getValue())) {
                throw new ConfigProblem(
                        "--" + flag.getKey() + " " + flag.getValue() + " is in the mount that would move");
            }
        }
        YamlNode mountPath = EtcdContainer.mountPath(flagged.container, mount);
        String mountedAt = path.substring(0, path.length() - rest.length());
        return with(new YamlSplice(flagged.yaml).replace(mountPath, mountedAt)).checked("data-dir", Optional.of(path));
    }

    private YamlNode.Sequence listOfFlags() throws ConfigProblem {
        return commandLine.flags().isEmpty()
                ? EtcdContainer.lastList(container)
                : arguments.get(commandLine.flags().getLast().index()).list();
    }

    private static YamlNode node(Argument argument) {
        return argument.list().items().get(argument.index());
    }

    private StaticPodManifest checked(String text, String name, Optional<String> value) throws ConfigProblem {
        return with(text).checked(name, value);
    }

    private StaticPodManifest checked(String name, Optional<String> value) throws ConfigProblem {
        if (!setting(name).equals(value)) {
            throw new ConfigProblem(
                    "--" + name + " would read back as " + setting(name).orElse("nothing"));
        }
        return this;
    }
}
