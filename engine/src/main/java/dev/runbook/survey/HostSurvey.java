package dev.runbook.survey;

import dev.runbook.facts.FileFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.ManifestFolder;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Answer;
import dev.runbook.model.Problem;
import dev.runbook.model.Query;
import dev.runbook.node.Node;
import dev.runbook.node.NodeUnreachable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at one host, in a few round trips and one look at its member. */
public final class HostSurvey {
    private static final String KUBELET_CONFIG = "/var/lib/kubelet/config.yaml";
    private static final String KUBEADM_MANIFESTS = "/etc/kubernetes/manifests";
    private static final Pattern STATIC_POD_PATH = Pattern.compile("(?m)^staticPodPath:\\s*[\"']?([^\"'\\s#]+)");
    private static final List<String> PODS =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");
    private static final List<String> UNITS = List.of(
            "etcd.service",
            "kubelet.service",
            "kube-apiserver.service",
            "kube-controller-manager.service",
            "kube-scheduler.service");
    private static final List<String> UNIT_PROPERTIES = List.of(
            "LoadState",
            "ActiveState",
            "SubState",
            "FragmentPath",
            "ExecStart",
            "Environment",
            "EnvironmentFiles",
            "User");
    private static final List<String> PLAIN_TOOLS =
            List.of("sha256sum", "flock", "setsid", "timeout", "dd", "mv", "systemctl", "ctr", "crictl");

    private final QueryingNode asked;
    private final Clock clock;

    public HostSurvey(Node node, Clock clock) {
        this.asked = new QueryingNode(node);
        this.clock = clock;
    }

    /**
     * Looks.
     *
     * @throws NodeUnreachable when the host is lost while it is looked at
     */
    public HostFacts look() throws NodeUnreachable {
        var before = clock.instant();
        // Alone, since the time that the other answers take would count as a difference of the clocks.
        asked.ask(List.of(new Query.WhoAmI()));
        var half = Duration.between(before, clock.instant()).dividedBy(2);
        asked.ask(first());
        var identity = asked.answer(new Query.WhoAmI(), Answer.Identity.class)
                .orElseThrow(() -> new NodeUnreachable("it does not say who we are there", "see its login shell"));
        var folder = manifestFolder();
        asked.ask(PODS.stream()
                .flatMap(pod -> QueryingNode.fileQueries(folder + "/" + pod + ".yaml").stream())
                .toList());
        asked.ask(List.of(new Query.ListFolder(folder)));
        var manifests = manifests(folder);
        var units = units();
        var problems = new ArrayList<Problem>();
        Optional<MemberFacts> member = new MemberSurvey(asked, problems).look(manifests, units);
        var certificates = new CertificateSurvey(asked, problems).look(manifests.isPresent(), member);
        problems.addAll(asked.problems());
        return new HostFacts(
                asked.node().name(),
                identity,
                Duration.between(before.plus(half), identity.clock()),
                tools(),
                manifests,
                units,
                asked.answer(new Query.RunningContainers(), Answer.Containers.class)
                        .map(Answer.Containers::containers)
                        .orElse(List.of()),
                member,
                certificates,
                problems);
    }

    private static List<Query> first() {
        var queries = new ArrayList<Query>();
        PLAIN_TOOLS.forEach(tool -> queries.add(new Query.FindTool(tool, List.of())));
        etcdTools().forEach(queries::add);
        queries.add(QueryingNode.text(KUBELET_CONFIG));
        queries.add(new Query.ListFolder(KUBEADM_MANIFESTS));
        UNITS.forEach(unit -> {
            queries.add(new Query.UnitProperties(unit, UNIT_PROPERTIES));
            queries.add(new Query.Stat("/etc/systemd/system/" + unit + ".d"));
        });
        PODS.forEach(pod -> queries.addAll(QueryingNode.fileQueries(KUBEADM_MANIFESTS + "/" + pod + ".yaml")));
        queries.add(new Query.RunningContainers());
        return queries;
    }

    private static Stream<Query.FindTool> etcdTools() {
        return Stream.of(
                new Query.FindTool("etcd", List.of("--version")),
                new Query.FindTool("etcdctl", List.of("version")),
                new Query.FindTool("etcdutl", List.of("version")));
    }

    private Map<String, Answer.Tool> tools() {
        var tools = new LinkedHashMap<String, Answer.Tool>();
        Stream.concat(PLAIN_TOOLS.stream().map(tool -> new Query.FindTool(tool, List.of())), etcdTools())
                .forEach(query ->
                        asked.answer(query, Answer.Tool.class).ifPresent(tool -> tools.put(query.program(), tool)));
        return tools;
    }

    private String manifestFolder() {
        var configured = asked.answer(QueryingNode.text(KUBELET_CONFIG), Answer.Text.class)
                .map(text -> STATIC_POD_PATH.matcher(text.text()))
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1));
        var folder = configured.orElse(KUBEADM_MANIFESTS);
        return folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
    }

    private Optional<ManifestFolder> manifests(String folder) {
        return asked.answer(new Query.ListFolder(folder), Answer.Names.class).map(names -> {
            List<FileFacts> files = PODS.stream()
                    .flatMap(pod -> asked.file(folder + "/" + pod + ".yaml").stream())
                    .toList();
            var strangers = names.names().stream()
                    .filter(name -> !name.startsWith("."))
                    .filter(name -> files.stream().noneMatch(file -> file.path().equals(folder + "/" + name)))
                    .toList();
            return new ManifestFolder(folder, files, strangers);
        });
    }

    private Map<String, UnitFacts> units() {
        var units = new LinkedHashMap<String, UnitFacts>();
        for (var unit : UNITS) {
            asked.answer(new Query.UnitProperties(unit, UNIT_PROPERTIES), Answer.Properties.class)
                    .filter(properties -> "loaded".equals(properties.values().get("LoadState")))
                    .ifPresent(properties -> units.put(
                            unit,
                            new UnitFacts(
                                    unit,
                                    properties.values(),
                                    asked.answer(new Query.Stat("/etc/systemd/system/" + unit + ".d"))
                                            instanceof Answer.PathInfo)));
        }
        return units;
    }
}
