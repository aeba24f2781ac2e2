package dev.runbook.etcd.config;

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
    private final Map<String, String> environment;

    private StaticPodManifest(YamlSource yaml) throws ConfigProblem {
        this.yaml = yaml;
        this.container = EtcdContainer.find(yaml.root());
        this.environment = EtcdContainer.environment(container);
        this.mounts = EtcdContainer.mounts(yaml.root(), container);
        this.arguments = EtcdContainer.arguments(container);
        this.commandLine = EtcdArguments.parse(arguments.stream()
                .map(argument -> ContainerVariables.expand(argument.text(), environment))
                .toList());
    }

    /** An argument, and the list that contains it. */
    record Argument(YamlNode.Sequence list, int index, String text) {}

    /**
     * Reads a manifest.
     *
     * @throws ConfigProblem when it is not a single pod with a container that runs etcd directly
     */
    public static StaticPodManifest parse(String yaml) throws ConfigProblem {
        return new StaticPodManifest(YamlSource.parse(yaml));
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

    /** The container's variables that are given as values, in order. */
    public Map<String, String> environment() {
        return environment;
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
     * Sets a flag: in place, else at the end of the list of the flags.
     *
     * @param name without dashes
     */
    public StaticPodManifest withFlag(String name, String value) throws ConfigProblem {
        Optional<EtcdArguments.FlagUse> use = commandLine.last(EtcdArguments.checkName(name));
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
                        yield parse(splice.remove(argument.list(), argument.index()))
                                .withFlag(name, value)
                                .text();
                    }
                    yield splice.replace(node(argument), escaped);
                }
                case BARE -> splice.replace(node(arguments.get(use.get().index())), joined);
            };
        }
        return checked(changed, name, Optional.of(value));
    }

    /** Removes every use of a flag; returns the same manifest when there is none. */
    public StaticPodManifest withoutFlag(String name) throws ConfigProblem {
        Optional<EtcdArguments.FlagUse> use = commandLine.last(EtcdArguments.checkName(name));
        if (use.isEmpty()) {
            return this;
        }
        int index = use.get().index();
        YamlSource without = yaml;
        if (use.get().style() == EtcdArguments.ValueStyle.SEPARATE) {
            Argument value = arguments.get(index + 1);
            without = YamlSource.parse(new YamlSplice(without).remove(value.list(), value.index()));
        }
        // The value followed the flag, so the index of the flag is still the same.
        YamlNode etcd = EtcdContainer.find(without.root());
        Argument flag = EtcdContainer.arguments(etcd).get(index);
        return parse(new YamlSplice(without).remove(flag.list(), flag.index())).withoutFlag(name);
    }

    /** Changes the folder of the host of a hostPath volume. */
    public StaticPodManifest withHostPath(String volumeName, String path) throws ConfigProblem {
        return parse(new YamlSplice(yaml).replace(EtcdContainer.hostPath(yaml.root(), volumeName), path));
    }

    /**
     * Moves the data folder inside the container: the flag and the mount that contains it. The folder of the host stays.
     *
     * @throws ConfigProblem also when another flag has a path in the mount, which would move too
     */
    public StaticPodManifest withDataDir(String path) throws ConfigProblem {
        String before = flag("data-dir").orElseThrow(() -> new ConfigProblem("it has no --data-dir"));
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
        return parse(new YamlSplice(flagged.yaml).replace(mountPath, mountedAt)).checked("data-dir", Optional.of(path));
    }

    private YamlNode.Sequence listOfFlags() throws ConfigProblem {
        return commandLine.flags().isEmpty()
                ? EtcdContainer.lastList(container)
                : arguments.get(commandLine.flags().getLast().index()).list();
    }

    private static YamlNode node(Argument argument) {
        return argument.list().items().get(argument.index());
    }

    private static StaticPodManifest checked(String text, String name, Optional<String> value) throws ConfigProblem {
        return parse(text).checked(name, value);
    }

    private StaticPodManifest checked(String name, Optional<String> value) throws ConfigProblem {
        if (!flag(name).equals(value)) {
            throw new ConfigProblem(
                    "--" + name + " would read back as " + flag(name).orElse("nothing"));
        }
        return this;
    }
}
