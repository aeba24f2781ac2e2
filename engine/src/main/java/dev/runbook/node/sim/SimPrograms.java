package dev.runbook.node.sim;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Answer;
import dev.runbook.model.Attributes;
import dev.runbook.model.Failure;
import dev.runbook.model.action.RunProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The few programs that a simulated node can run. Of any other it is assumed that it does what its author declared, and
 * that it ends well; which those were is kept, to be said.
 */
final class SimPrograms {
    private static final List<String> OF_THE_SYSTEM =
            List.of("sha256sum", "flock", "setsid", "timeout", "dd", "mv", "systemctl");

    private final SimTree tree;
    private final Set<String> ended = new HashSet<>();
    private final List<String> assumed = new ArrayList<>();

    SimPrograms(SimTree tree) {
        this.tree = tree;
    }

    /** What a host has: kubeadm's has containerd, and etcd's tools in its image only. */
    static SimSeed seed(SimHost host, String etcdVersion) {
        var tools = new HashMap<String, Answer.Tool>();
        OF_THE_SYSTEM.forEach(tool -> tools.put(tool, new Answer.Tool("/usr/bin/" + tool, "")));
        var units = new HashMap<String, Map<String, String>>();
        if (host.controlPlane()) {
            tools.put("ctr", new Answer.Tool("/usr/bin/ctr", ""));
            tools.put("crictl", new Answer.Tool("/usr/bin/crictl", ""));
            units.put(SimServices.KUBELET, Map.of("ExecStart", ""));
        } else if (host.member()) {
            tools.put("etcd", new Answer.Tool("/usr/bin/etcd", "etcd Version: " + etcdVersion));
            for (var tool : List.of("etcdctl", "etcdutl")) {
                tools.put(tool, new Answer.Tool("/usr/bin/" + tool, tool + " version: " + etcdVersion));
            }
            units.put(SimServices.ETCD, SimFiles.etcdUnit());
        }
        return new SimSeed(tools, units, Set.of(), Map.of());
    }

    /** Sentences about what could not be run, each once. */
    List<String> assumed() {
        return List.copyOf(assumed);
    }

    /** As programs.sh: what ended well under this number of this run is not run again. */
    ActionResult run(RunProgram program, String number) {
        if (program.mutates() && !ended.add(number)) {
            return SimTree.already();
        }
        var argv = program.argv();
        switch (argv.getFirst()) {
            case "true" -> {}
            case "false" -> {
                ended.remove(number);
                var line = String.join(" ", argv);
                return new ActionResult.Failed(
                        new Failure("`" + line + "` ended with 1", Optional.of(line), OptionalInt.of(1), ""),
                        Duration.ZERO);
            }
            case "touch" ->
                argv.stream()
                        .skip(1)
                        .filter(path -> !tree.there(path))
                        .forEach(path -> tree.setUp(path, "", Attributes.PRIVATE_FILE));
            case "rm" ->
                argv.stream().skip(1).filter(path -> !path.startsWith("-")).forEach(tree::remove);
            default -> assume(argv, "its declared effect is assumed");
        }
        return SimTree.done();
    }

    /** Why a probe's program does not succeed; empty when it does. */
    Optional<String> fails(List<String> argv) {
        return switch (argv.getFirst()) {
            case "true" -> Optional.empty();
            case "false" -> Optional.of("it ended with 1");
            default -> {
                assume(argv, "its success is assumed");
                yield Optional.empty();
            }
        };
    }

    private void assume(List<String> argv, String what) {
        var sentence = "a simulated node cannot run `" + String.join(" ", argv) + "`: " + what;
        if (!assumed.contains(sentence)) {
            assumed.add(sentence);
        }
    }
}
