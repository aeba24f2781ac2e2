package dev.runbook.survey;

import dev.runbook.etcd.config.ConfigFile;
import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.etcd.config.EnvironmentFile;
import dev.runbook.etcd.config.MemberConfig;
import dev.runbook.etcd.config.PodFields;
import dev.runbook.etcd.config.StaticPodManifest;
import dev.runbook.etcd.config.SystemdUnit;
import dev.runbook.etcd.config.start.EtcdRelease;
import dev.runbook.facts.FileFacts;
import dev.runbook.facts.ManifestFolder;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Answer;
import dev.runbook.model.Problem;
import dev.runbook.model.Query;
import dev.runbook.node.NodeUnreachable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the member that a host is configured to run; a static pod's manifest takes precedence over a unit. */
final class MemberSurvey {
    private static final String ETCD_UNIT = "etcd.service";
    private static final Query.FindTool ETCD_TOOL = new Query.FindTool("etcd", List.of("--version"));
    /** Bytes; etcd itself has more than ten million. */
    private static final long SMALLEST_PROGRAM = 65_536;
    /** An address that no node has (RFC 5737). */
    private static final String PLACEHOLDER = "203.0.113.254";

    private final QueryingNode host;
    private final List<Problem> problems;

    MemberSurvey(QueryingNode host, List<Problem> problems) {
        this.host = host;
        this.problems = problems;
    }

    /** A configuration with its source files. */
    private record Found(MemberConfig config, MemberSource source) {}

    Optional<MemberFacts> survey(Optional<ManifestFolder> manifests, Map<String, UnitFacts> units)
            throws NodeUnreachable {
        try {
            var manifest = manifests.flatMap(folder -> folder.manifest("etcd"));
            var unit = Optional.ofNullable(units.get(ETCD_UNIT));
            Optional<Found> found = Optional.empty();
            if (manifest.isPresent()) {
                found = Optional.of(ofManifest(manifest.get(), units));
            } else if (unit.isPresent()) {
                found = Optional.of(ofUnit(unit.get()));
            }
            return found.isEmpty() ? Optional.empty() : facts(found.get());
        } catch (ConfigProblem e) {
            problems.add(Problem.on(
                    host.node().name(),
                    "member-config",
                    "the member's configuration cannot be read: " + e.getMessage(),
                    "correct the configuration, and plan again"));
            return Optional.empty();
        }
    }

    private Found ofManifest(FileFacts manifest, Map<String, UnitFacts> units) throws ConfigProblem, NodeUnreachable {
        var config = manifest.text().contains("fieldRef")
                ? onNode(manifest, units)
                : MemberConfig.fromManifest(manifest.path(), StaticPodManifest.parse(manifest.text()));
        return new Found(config, new MemberSource.StaticPod(manifest));
    }

    /** The configuration where variables stand for the node's name and address. */
    private MemberConfig onNode(FileFacts manifest, Map<String, UnitFacts> units)
            throws ConfigProblem, NodeUnreachable {
        var fields = NodeFields.of(host, units);
        try {
            return MemberConfig.fromManifest(manifest.path(), StaticPodManifest.parse(manifest.text(), fields));
        } catch (ConfigProblem e) {
            if (fields.address().isPresent()) {
                throw e;
            }
            // A member that listens on loopback too knows its own address.
            var assumed = MemberConfig.fromManifest(
                    manifest.path(),
                    StaticPodManifest.parse(
                            manifest.text(), new PodFields(fields.nodeName(), Optional.of(PLACEHOLDER))));
            var ways = MemberAccess.of(assumed).stream()
                    .filter(known -> !known.host().equals(PLACEHOLDER))
                    .toList();
            var address = ways.isEmpty()
                    ? Optional.<String>empty()
                    : NodeFields.address(
                            LiveSurvey.query(host.node(), ways).live(),
                            assumed.initialAdvertisePeerUrls(),
                            PLACEHOLDER);
            if (address.isEmpty()) {
                throw e;
            }
            return MemberConfig.fromManifest(
                    manifest.path(),
                    StaticPodManifest.parse(manifest.text(), new PodFields(fields.nodeName(), address)));
        }
    }

    private Found ofUnit(UnitFacts unit) throws ConfigProblem, NodeUnreachable {
        var service = SystemdUnit.parseShow(unit.shown());
        List<Query> queries = new ArrayList<>();
        service.environmentFiles().forEach(file -> queries.addAll(QueryingNode.fileQueries(file.path())));
        host.query(queries);
        var texts = new ArrayList<FileFacts>();
        var files = new LinkedHashMap<String, EnvironmentFile>();
        for (var reference : service.environmentFiles()) {
            var file = host.file(reference.path());
            if (file.isPresent()) {
                texts.add(file.get());
                files.put(reference.path(), EnvironmentFile.parse(file.get().text()));
            }
        }
        var configPath = MemberConfig.configFilePath(service, files);
        Optional<FileFacts> configText = Optional.empty();
        Optional<ConfigFile> configFile = Optional.empty();
        if (configPath.isPresent()) {
            host.query(QueryingNode.fileQueries(configPath.get()));
            configText = host.file(configPath.get());
            if (configText.isPresent()) {
                configFile = Optional.of(ConfigFile.parse(configText.get().text()));
            }
        }
        var config = MemberConfig.fromSystemd(
                unit.unit(), service, files, configFile, release(service.program(service.environment(files))));
        return new Found(config, new MemberSource.Unit(unit.unit(), texts, configText));
    }

    /**
     * The release of the program that the unit starts.
     *
     * @throws ConfigProblem when the program is a script, as kubespray's for etcd in docker
     */
    private Optional<EtcdRelease> release(Optional<String> program) throws ConfigProblem, NodeUnreachable {
        var path = program.filter(found -> found.startsWith("/"));
        if (path.isEmpty()) {
            return Optional.empty();
        }
        host.query(List.of(new Query.Stat(path.get())));
        boolean small = host.answer(new Query.Stat(path.get()), Answer.PathInfo.class)
                .filter(info -> info.kind() == Answer.Kind.FILE && info.size() < SMALLEST_PROGRAM)
                .isPresent();
        if (small) {
            host.query(List.of(QueryingNode.text(path.get())));
            if (host.answer(QueryingNode.text(path.get()), Answer.Text.class)
                    .filter(text -> text.text().startsWith("#!"))
                    .isPresent()) {
                throw new ConfigProblem("ExecStart runs " + path.get()
                        + ", a script: what it starts, and on which folders of this host, cannot be told");
            }
        }
        var onPath = host.answer(ETCD_TOOL, Answer.Tool.class)
                .filter(tool -> tool.path().equals(path.get()));
        if (onPath.isPresent()) {
            return EtcdRelease.find(onPath.get().version());
        }
        var own = new Query.FindTool(path.get(), List.of("--version"));
        host.query(List.of(own));
        return host.answer(own, Answer.Tool.class).flatMap(tool -> EtcdRelease.find(tool.version()));
    }

    private Optional<MemberFacts> facts(Found member) throws NodeUnreachable {
        var config = member.config();
        if (!config.dataDir().startsWith("/")) {
            problems.add(Problem.on(
                    host.node().name(),
                    "relative-data-dir",
                    "the member's data folder is a relative path: " + config.dataDir(),
                    "give etcd the absolute path of that same folder as --data-dir, restart this member, and"
                            + " plan again"));
            return Optional.empty();
        }
        var ways = MemberAccess.of(config);
        if (ways.isEmpty()) {
            problems.add(Problem.on(
                    host.node().name(),
                    "no-client-url",
                    "the member has no client URL with a host, so it cannot be asked"
                            + (config.listenClientUrls().isEmpty()
                                    ? ""
                                    : ": " + String.join(",", config.listenClientUrls())),
                    "add an https URL with an address of this host to --listen-client-urls, restart this member, and"
                            + " plan again"));
            return Optional.empty();
        }
        var found = LiveSurvey.query(host.node(), ways);
        var data = new DataSurvey(host);
        var dataFacts = data.survey(config.dataDir(), "member", config.dataDir() + "/member/wal");
        var walFacts = config.walDir().isEmpty()
                ? Optional.<dev.runbook.facts.DataFacts>empty()
                : Optional.of(
                        data.survey(config.walDir().get(), "", config.walDir().get()));
        return Optional.of(new MemberFacts(
                config.name(),
                config.initialAdvertisePeerUrls(),
                config.advertiseClientUrls(),
                found.access(),
                member.source(),
                config.flags(),
                config.image(),
                dataFacts,
                walFacts,
                found.live()));
    }
}
