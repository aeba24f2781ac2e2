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
import dev.runbook.survey.start.StartSurvey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the facts of one host, in a few round trips and one connection to its member. */
public final class HostSurvey {
    private static final String KUBELET_CONFIG = "/var/lib/kubelet/config.yaml";
    private static final String KUBEADM_MANIFESTS = "/etc/kubernetes/manifests";
    private static final Pattern STATIC_POD_PATH = Pattern.compile("(?m)^staticPodPath:\\s*[\"']?([^\"'\\s#]+)");
    static final List<String> PODS = List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");
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
            "DropInPaths",
            "User");
    private static final List<String> PLAIN_TOOLS =
            List.of("sha256sum", "flock", "setsid", "timeout", "dd", "mv", "systemctl", "ctr", "crictl");

    private final QueryingNode host;
    private final Clock clock;

    public HostSurvey(Node node, Clock clock) {
        this.host = new QueryingNode(node);
        this.clock = clock;
    }

    /**
     * Surveys the host.
     *
     * @throws NodeUnreachable when the connection to the host is lost
     */
    public HostFacts survey() throws NodeUnreachable {
        var before = clock.instant();
        // Queried alone, because the time of other queries would count as a difference of the clocks.
        host.query(List.of(new Query.WhoAmI()));
        var half = Duration.between(before, clock.instant()).dividedBy(2);
        host.query(first());
        var identity = host.answer(new Query.WhoAmI(), Answer.Identity.class)
                .orElseThrow(
                        () -> new NodeUnreachable("it does not report the login's identity", "check its login shell"));
        var folder = manifestFolder();
        host.query(PODS.stream()
                .flatMap(pod -> QueryingNode.fileQueries(folder + "/" + pod + ".yaml").stream())
                .toList());
        host.query(List.of(new Query.ListFolder(folder)));
        var manifests = manifests(folder);
        var units = units();
        var problems = new ArrayList<Problem>();
        Optional<MemberFacts> member = new MemberSurvey(host, problems).survey(manifests, units);
        var certificates = new CertificateSurvey(host, problems).survey(manifests.isPresent(), member);
        var start = StartSurvey.survey(host.node(), manifests, units, member);
        problems.addAll(host.problems());
        return new HostFacts(
                host.node().name(),
                identity,
                Duration.between(before.plus(half), identity.clock()),
                tools(),
                manifests,
                units,
                host.answer(new Query.RunningContainers(), Answer.Containers.class)
                        .map(Answer.Containers::containers)
                        .orElse(List.of()),
                member,
                certificates,
                problems,
                Optional.of(start));
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
                        host.answer(query, Answer.Tool.class).ifPresent(tool -> tools.put(query.program(), tool)));
        return tools;
    }

    private String manifestFolder() {
        var configured = host.answer(QueryingNode.text(KUBELET_CONFIG), Answer.Text.class)
                .map(text -> STATIC_POD_PATH.matcher(text.text()))
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1));
        var folder = configured.orElse(KUBEADM_MANIFESTS);
        return folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
    }

    private Optional<ManifestFolder> manifests(String folder) {
        return host.answer(new Query.ListFolder(folder), Answer.Names.class).map(names -> {
            List<FileFacts> files = PODS.stream()
                    .flatMap(pod -> host.file(folder + "/" + pod + ".yaml").stream())
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
            host.answer(new Query.UnitProperties(unit, UNIT_PROPERTIES), Answer.Properties.class)
                    .filter(properties -> "loaded".equals(properties.values().get("LoadState")))
                    .ifPresent(properties -> units.put(
                            unit,
                            new UnitFacts(
                                    unit,
                                    properties.values(),
                                    host.answer(new Query.Stat("/etc/systemd/system/" + unit + ".d"))
                                            instanceof Answer.PathInfo)));
        }
        return units;
    }
}
