package dev.runbook.etcd.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the etcd container in a pod's manifest, and its arguments, variables and mounts. */
final class EtcdContainer {
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

    /** The words of {@code command} and {@code args}, with the program first where {@code command} is there. */
    static List<StaticPodManifest.Argument> words(YamlNode container) throws ConfigProblem {
        List<StaticPodManifest.Argument> words = new ArrayList<>();
        for (String key : List.of("command", "args")) {
            Optional<YamlNode> list = YamlPath.find(container, key);
            if (list.isPresent()) {
                add(words, list.get());
            }
        }
        return List.copyOf(words);
    }

    private static void add(List<StaticPodManifest.Argument> arguments, YamlNode list) throws ConfigProblem {
        if (!(list instanceof YamlNode.Sequence sequence)) {
            throw new ConfigProblem("line " + list.place().line() + ": expected a list of arguments");
        }
        for (int index = 0; index < sequence.items().size(); index++) {
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

    /**
     * The container's variables, in order.
     *
     * @param values those that are given, or can be told
     * @param untold the sources of the others, by name, such as {@code fieldRef status.podIP}
     */
    record Variables(Map<String, String> values, Map<String, String> untold) {
        Variables {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            untold = Collections.unmodifiableMap(new LinkedHashMap<>(untold));
        }
    }

    static Variables variables(YamlNode root, YamlNode container, PodFields fields) throws ConfigProblem {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> untold = new LinkedHashMap<>();
        for (YamlNode variable : YamlPath.items(container, "env")) {
            String name = YamlPath.text(variable, "name");
            Optional<String> value = YamlPath.find(variable, "value").flatMap(YamlPath::text);
            Optional<YamlNode> from = YamlPath.find(variable, "valueFrom");
            // Of a name that occurs twice the last one counts.
            values.remove(name);
            untold.remove(name);
            if (from.isEmpty()) {
                values.put(name, ContainerVariables.expand(value.orElse(""), values));
                continue;
            }
            Optional<YamlNode> field = YamlPath.find(from.get(), "fieldRef");
            String path = field.isEmpty() ? "" : YamlPath.text(field.get(), "fieldPath");
            Optional<String> told = field.isEmpty() ? Optional.empty() : told(root, fields, path);
            if (told.isPresent()) {
                values.put(name, told.get());
            } else {
                untold.put(name, field.isEmpty() ? "valueFrom" : "fieldRef " + path);
            }
        }
        return new Variables(values, untold);
    }

    private static Optional<String> told(YamlNode root, PodFields fields, String path) throws ConfigProblem {
        Optional<YamlNode> metadata = YamlPath.find(root, "metadata");
        Optional<String> hostNetwork =
                YamlPath.find(root, "spec", "hostNetwork").flatMap(YamlPath::text);
        return fields.value(
                path,
                hostNetwork.filter("true"::equals).isPresent(),
                metadata.isEmpty() ? "" : YamlPath.text(metadata.get(), "name"),
                metadata.isEmpty() ? "" : YamlPath.text(metadata.get(), "namespace"));
    }

    /** The value of one of the container's variables, to be replaced. */
    static YamlNode value(YamlNode container, String variable) throws ConfigProblem {
        Optional<YamlNode> value = Optional.empty();
        for (YamlNode item : YamlPath.items(container, "env")) {
            if (YamlPath.text(item, "name").equals(variable)) {
                value = YamlPath.findUnresolved(item, "value");
            }
        }
        return value.orElseThrow(() -> new ConfigProblem("the variable " + variable + " has no value of its own"));
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
