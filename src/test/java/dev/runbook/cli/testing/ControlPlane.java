package dev.runbook.cli.testing;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.fleet.Fleet;
import dev.runbook.fleet.FleetNode;
import dev.runbook.fleet.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A real control plane, with queries that do not use the program under test.
 *
 * @param restoreRunbook the shipped runbook for this kind
 */
public record ControlPlane(Fleet fleet, String restoreRunbook) {
    /** A kubelet starts a container that ended repeatedly after 10, 20, 40 seconds. */
    private static final Duration HEALTHY = Duration.ofSeconds(90);

    public boolean isStacked() {
        return restoreRunbook.equals("restore.yml");
    }

    /** The program's options to reach it. */
    public List<String> target(Login login) {
        return List.of(
                "-i",
                fleet.inventory(login).toString(),
                "--known-hosts",
                fleet.directory().resolve("known_hosts").toString());
    }

    public List<String> apply(Path runbook, Login login, String value, String... more) {
        var arguments = new ArrayList<>(List.of("apply", runbook.toString()));
        arguments.addAll(target(login));
        arguments.addAll(List.of("-e", value, "-y"));
        arguments.addAll(List.of(more));
        return List.copyOf(arguments);
    }

    /** {@code resume} or {@code rollback} of an earlier run. */
    public List<String> onRun(String command, String run, String... more) {
        var arguments = new ArrayList<>(List.of(command, run));
        arguments.addAll(target(Login.ROOT));
        arguments.add("-y");
        arguments.addAll(List.of(more));
        return List.copyOf(arguments);
    }

    /** Takes a snapshot as a user does. */
    public Path backUp(Program program, Path file, Login login) {
        program.run(apply(Program.shipped("backup.yml"), login, "to=" + file)).expect(ExitCode.DONE);
        return file;
    }

    public void awaitHealthy() {
        fleet.awaitHealthy(HEALTHY);
    }

    /** Waits until it is healthy, with restarted kubelets, which have no back-off delay for pods that tests restarted. */
    public void awaitSettled() {
        if (isStacked()) {
            onEach(node -> node.exec("systemctl restart kubelet").require("restart the kubelet of " + node.name()));
        }
        awaitHealthy();
    }

    /** Writes an object with an unused name, because objects of other tests may still exist. */
    public String writeNew(String prefix) {
        var name = prefix + "-" + Long.toHexString(System.nanoTime());
        write(name);
        return name;
    }

    /** Writes an object, by an API server if there is one. */
    public void write(String name) {
        if (isStacked()) {
            fleet.api(
                            fleet.nodes().getFirst(),
                            "PUT",
                            "/api/v1/namespaces/default/configmaps/" + name,
                            "{\"data\":{\"it\":\"right\"}}")
                    .require("write " + name);
        } else {
            fleet.put(key(name), "{\"it\":\"right\"}");
        }
    }

    /** For each node, whether its member has the object. */
    public Map<String, Boolean> have(String name) {
        return onEach(node -> fleet.get(node, key(name)).isPresent());
    }

    private static String key(String name) {
        return "/registry/configmaps/default/" + name;
    }

    /** For each node the member ID, from etcdctl; below likewise the cluster ID, and HashKV at one revision. */
    public Map<String, String> memberIds() {
        return onEach(node -> hex(status(node), "member_id"));
    }

    public Map<String, String> clusterIds() {
        return onEach(node -> hex(status(node), "cluster_id"));
    }

    /** For each node member ID and cluster ID, with one query. */
    Map<String, List<String>> identities() {
        return onEach(node -> {
            var status = status(node);
            return List.of(hex(status, "member_id"), hex(status, "cluster_id"));
        });
    }

    public Map<String, String> hashes(long revision) {
        return onEach(node -> field(
                fleet.etcdctl(node, "endpoint", "hashkv", "--rev=" + revision, "-w", "json")
                        .require("hash of " + node.name()),
                "hash"));
    }

    public long revision() {
        return Long.parseLong(field(status(fleet.nodes().getFirst()), "revision"));
    }

    private String status(FleetNode node) {
        return fleet.etcdctl(node, "endpoint", "status", "-w", "json").require("status of " + node.name());
    }

    /** etcdctl prints IDs as numbers, which may exceed a signed 64-bit integer. */
    private static String hex(String json, String name) {
        return Long.toHexString(Long.parseUnsignedLong(field(json, name)));
    }

    private static String field(String json, String name) {
        var matcher = Pattern.compile("\"" + name + "\":(\\d+)").matcher(json);
        if (!matcher.find()) {
            throw new AssertionError("no " + name + " in " + json);
        }
        return matcher.group(1);
    }

    /** Queries the readiness of the API server at every node's own address. */
    public Map<String, String> readiness() {
        return onEach(node -> fleet.api(node, "GET", "/readyz", "").stdout().strip());
    }

    public <R> Map<String, R> onEach(Function<FleetNode, R> question) {
        var answers = new LinkedHashMap<String, R>();
        fleet.nodes().forEach(node -> answers.put(node.name(), question.apply(node)));
        return answers;
    }

    public <R> Map<String, R> all(R value) {
        return onEach(_ -> value);
    }
}
