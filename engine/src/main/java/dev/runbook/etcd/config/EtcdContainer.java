package dev.runbook.etcd.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the etcd container in a pod's manifest, and its arguments, variables and mounts. */
final class EtcdContainer {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "busybox");

    private EtcdContainer() {}

    /** The container named etcd, else the one that runs etcd, else the only one. */
    static YamlNode find(YamlNode root) throws ConfigProblem {
        String kind = YamlPath.text(root, "kind");
        if (!kind.equals("Pod")) {
            throw new ConfigProblem("it is not a Pod: kind is '" + kind + "'");
        }
        YamlNode spec = YamlPath.find(root, "spec").orElseThrow(() -> new ConfigProblem("the Pod has no spec"));
        List<YamlNode> containers = YamlPath.items(spec, "containers");
        for (YamlNode container : containers) {
            if (YamlPath.text(container, "name").equals("etcd")) {
                return container.resolved();
            }
        }
        for (YamlNode container : containers) {
            List<YamlNode> command = YamlPath.items(container, "command");
            if (!command.isEmpty() && program(command.getFirst()).equals("etcd")) {
                return container.resolved();
            }
        }
        if (containers.size() != 1) {
            throw new ConfigProblem("none of its " + containers.size() + " containers runs etcd");
        }
        return containers.getFirst().resolved();
    }

    /** The arguments after the program's name, in {@code command} and {@code args}. */
    static List<StaticPodManifest.Argument> arguments(YamlNode container) throws ConfigProblem {
        List<StaticPodManifest.Argument> arguments = new ArrayList<>();
        Optional<YamlNode> command = YamlPath.find(container, "command");
        if (command.isPresent()) {
            add(arguments, command.get(), 1);
            List<YamlNode> words = YamlPath.items(container, "command");
            if (!words.isEmpty() && SHELLS.contains(program(words.getFirst()))) {
                throw new ConfigProblem("line " + command.get().place().line()
                        + ": a shell script starts etcd, so its flags are unknown");
            }
        }
        Optional<YamlNode> more = YamlPath.find(container, "args");
        if (more.isPresent()) {
            add(arguments, more.get(), 0);
        }
        return List.copyOf(arguments);
    }

    private static void add(List<StaticPodManifest.Argument> arguments, YamlNode list, int first) throws ConfigProblem {
        if (!(list instanceof YamlNode.Sequence sequence)) {
            throw new ConfigProblem("line " + list.place().line() + ": expected a list of arguments");
        }
        for (int index = first; index < sequence.items().size(); index++) {
            YamlNode item = sequence.items().get(index);
            String text = YamlPath.text(item)
                    .orElseThrow(
                            () -> new ConfigProblem("line " + item.place().line() + ": an argument is not a text"));
            arguments.add(new StaticPodManifest.Argument(sequence, index, text));
        }
    }

    /** The list to which a first flag is added. */
    static YamlNode.Sequence lastList(YamlNode container) throws ConfigProblem {
        Optional<YamlNode> list = YamlPath.find(container, "args");
        if (list.isEmpty()) {
            list = YamlPath.find(container, "command");
        }
        if (list.isPresent() && list.get() instanceof YamlNode.Sequence sequence) {
            return sequence;
        }
        throw new ConfigProblem("line " + container.place().line() + ": the container has neither command nor args");
    }

    /** Variables with literal values; those from other sources are unknown. */
    static Map<String, String> environment(YamlNode container) throws ConfigProblem {
        Map<String, String> environment = new LinkedHashMap<>();
        for (YamlNode variable : YamlPath.items(container, "env")) {
            Optional<String> value = YamlPath.find(variable, "value").flatMap(YamlPath::text);
            if (value.isPresent()) {
                String expanded = ContainerVariables.expand(value.get(), environment);
                environment.put(YamlPath.text(variable, "name"), expanded);
            }
        }
        return Collections.unmodifiableMap(environment);
    }

    static ContainerMounts mounts(YamlNode root, YamlNode container) throws ConfigProblem {
        List<ContainerMounts.Mount> mounts = new ArrayList<>();
        for (YamlNode mount : YamlPath.items(container, "volumeMounts")) {
            mounts.add(mount(mount));
        }
        Map<String, String> hostPaths = new HashMap<>();
        for (YamlNode volume : volumes(root)) {
            Optional<String> path = YamlPath.find(volume, "hostPath", "path").flatMap(YamlPath::text);
            if (path.isPresent()) {
                hostPaths.put(YamlPath.text(volume, "name"), path.get());
            }
        }
        return new ContainerMounts(mounts, hostPaths);
    }

    private static ContainerMounts.Mount mount(YamlNode mount) throws ConfigProblem {
        return new ContainerMounts.Mount(
                YamlPath.text(mount, "name"),
                ContainerMounts.withoutSlash(YamlPath.text(mount, "mountPath")),
                YamlPath.text(mount, "subPath"));
    }

    /** The {@code mountPath} of a mount. */
    static YamlNode mountPath(YamlNode container, ContainerMounts.Mount wanted) throws ConfigProblem {
        for (YamlNode mount : YamlPath.items(container, "volumeMounts")) {
            if (mount(mount).equals(wanted)) {
                return YamlPath.findUnresolved(mount, "mountPath").orElseThrow();
            }
        }
        throw new ConfigProblem("no volume is mounted at " + wanted.mountPath());
    }

    /** The {@code path} of a hostPath volume. */
    static YamlNode hostPath(YamlNode root, String volumeName) throws ConfigProblem {
        for (YamlNode volume : volumes(root)) {
            Optional<YamlNode> hostPath = YamlPath.find(volume, "hostPath");
            if (hostPath.isPresent() && YamlPath.text(volume, "name").equals(volumeName)) {
                return YamlPath.findUnresolved(hostPath.get(), "path")
                        .orElseThrow(() -> new ConfigProblem("the volume " + volumeName + " has no path"));
            }
        }
        throw new ConfigProblem("it has no hostPath volume named '" + volumeName + "'");
    }

    private static List<YamlNode> volumes(YamlNode root) throws ConfigProblem {
        Optional<YamlNode> spec = YamlPath.find(root, "spec");
        return spec.isEmpty() ? List.of() : YamlPath.items(spec.get(), "volumes");
    }

    private static String program(YamlNode word) {
        String path = YamlPath.text(word).orElse("");
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
