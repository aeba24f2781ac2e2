package dev.runbook.survey;

import dev.runbook.facts.HostFacts;
import dev.runbook.model.Answer;
import dev.runbook.model.Attributes;
import dev.runbook.model.Query;
import dev.runbook.node.Node;
import dev.runbook.node.NodeUnreachable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A host that consists of files, units and pods. No member answers on it.
 *
 * @param files text by path
 * @param units what {@code systemctl show} prints, by unit
 * @param pods names of the running static pods
 * @param tools versions by program
 */
record SurveyedHost(
        Map<String, String> files, Map<String, String> units, List<String> pods, Map<String, Answer.Tool> tools) {
    static final String MANIFEST = "/etc/kubernetes/manifests/etcd.yaml";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    /** A stacked host. */
    static SurveyedHost stacked(String manifest) {
        return new SurveyedHost(
                Map.of(MANIFEST, manifest), Map.of("kubelet.service", "ExecStart="), List.of(), Map.of());
    }

    /** A host with etcd.service. */
    static SurveyedHost external(String show, Map<String, String> files) {
        return new SurveyedHost(files, Map.of("etcd.service", show), List.of(), Map.of());
    }

    SurveyedHost running(String... names) {
        return new SurveyedHost(files, units, List.of(names), tools);
    }

    SurveyedHost tool(String program, String path, String version) {
        return new SurveyedHost(files, units, pods, Map.of(program, new Answer.Tool(path, version)));
    }

    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(SurveyedHost.class.getResourceAsStream("/config/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HostFacts survey() {
        var node = (Node) Proxy.newProxyInstance(
                Node.class.getClassLoader(),
                new Class<?>[] {Node.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "name" -> "h1";
                    case "ask" ->
                        ((List<?>) arguments[0])
                                .stream().map(query -> answer((Query) query)).toList();
                    case "openMember" -> throw new NodeUnreachable("connection refused", "start the member");
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        try {
            return new HostSurvey(node, Clock.fixed(NOW, ZoneOffset.UTC)).survey();
        } catch (NodeUnreachable e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer answer(Query query) {
        return switch (query) {
            case Query.WhoAmI() -> new Answer.Identity("root", 0, "Node-1", NOW);
            case Query.ReadText(var path, var _) ->
                Optional.ofNullable(files.get(path))
                        .<Answer>map(Answer.Text::new)
                        .orElse(new Answer.Missing());
            case Query.Stat(var path) ->
                Optional.ofNullable(files.get(path))
                        .<Answer>map(text -> new Answer.PathInfo(
                                Answer.Kind.FILE,
                                new Attributes("0644", 0, 0),
                                text.length(),
                                NOW,
                                false,
                                1,
                                Optional.empty()))
                        .orElse(new Answer.Missing());
            case Query.ListFolder(var path) ->
                path.equals("/etc/kubernetes/manifests") && files.containsKey(MANIFEST)
                        ? new Answer.Names(List.of("etcd.yaml"))
                        : new Answer.Missing();
            case Query.UnitProperties(var unit, var _) -> properties(unit);
            case Query.FindTool(var program, var _) ->
                Optional.<Answer>ofNullable(tools.get(program)).orElse(new Answer.Missing());
            case Query.RunningContainers() ->
                new Answer.Containers(pods.stream()
                        .map(pod -> new Answer.Container("id", pod.substring(0, pod.lastIndexOf('-')), pod, "image"))
                        .toList());
            case Query.FreeSpace _, Query.TreeSize _ -> new Answer.Bytes(1 << 20);
            case Query.Digest _, Query.LackOf _ -> new Answer.Missing();
        };
    }

    private Answer properties(String unit) {
        var shown = units.get(unit);
        var properties = new HashMap<String, String>();
        properties.put("LoadState", shown == null ? "not-found" : "loaded");
        if (shown != null) {
            shown.lines().filter(line -> line.indexOf('=') > 0).forEach(line -> {
                int equals = line.indexOf('=');
                properties.merge(
                        line.substring(0, equals), line.substring(equals + 1), (one, other) -> one + "\n" + other);
            });
        }
        return new Answer.Properties(properties);
    }
}
