package dev.runbook.survey;

import dev.runbook.etcd.config.ClientTls;
import dev.runbook.etcd.config.ConfigFile;
import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.etcd.config.EnvironmentFile;
import dev.runbook.etcd.config.MemberConfig;
import dev.runbook.etcd.config.StaticPodManifest;
import dev.runbook.etcd.config.SystemdUnit;
import dev.runbook.facts.FileFacts;
import dev.runbook.facts.ManifestFolder;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.Problem;
import dev.runbook.model.Query;
import dev.runbook.node.NodeUnreachable;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the member that a host is configured to run; a static pod's manifest takes precedence over a unit. */
final class MemberSurvey {
    private static final String ETCD_UNIT = "etcd.service";

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
                found = Optional.of(ofManifest(manifest.get()));
            } else if (unit.isPresent()) {
                found = Optional.of(ofUnit(unit.get()));
            }
            return found.isEmpty() ? Optional.empty() : facts(found.get());
        } catch (ConfigProblem e) {
            problems.add(Problem.on(
                    host.node().name(),
                    "member-config",
                    "the member's configuration cannot be read: " + e.getMessage(),
                    "correct the configuration, or remove this host from the play"));
            return Optional.empty();
        }
    }

    private static Found ofManifest(FileFacts manifest) throws ConfigProblem {
        var config = MemberConfig.fromManifest(manifest.path(), StaticPodManifest.parse(manifest.text()));
        return new Found(config, new MemberSource.StaticPod(manifest));
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
        var config = MemberConfig.fromSystemd(unit.unit(), service, files, configFile);
        return new Found(config, new MemberSource.Unit(unit.unit(), texts, configText));
    }

    private Optional<MemberFacts> facts(Found found) throws NodeUnreachable {
        var config = found.config();
        if (!config.dataDir().startsWith("/")) {
            problems.add(Problem.on(
                    host.node().name(),
                    "relative-data-dir",
                    "the member's data folder is a relative path: " + config.dataDir(),
                    "give etcd an absolute --data-dir"));
            return Optional.empty();
        }
        var access = access(config);
        if (access.isEmpty()) {
            return Optional.empty();
        }
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
                access.get(),
                found.source(),
                config.flags(),
                config.image(),
                dataFacts,
                walFacts,
                LiveSurvey.query(host.node(), access.get())));
    }

    private Optional<EtcdAccess> access(MemberConfig config) {
        var url = config.listenClientUrls().stream()
                .map(URI::create)
                .min((one, other) -> Boolean.compare(!loopback(one), !loopback(other)));
        if (url.isEmpty()) {
            problems.add(Problem.on(
                    host.node().name(), "no-client-url", "the member has no client URL", "set --listen-client-urls"));
            return Optional.empty();
        }
        var address = anyAddress(url.get()) ? "127.0.0.1" : url.get().getHost();
        var port = url.get().getPort() < 0 ? 2379 : url.get().getPort();
        return Optional.of(new EtcdAccess(address, port, config.clientTls().map(MemberSurvey::tls)));
    }

    private static EtcdAccess.TlsFiles tls(ClientTls tls) {
        return new EtcdAccess.TlsFiles(
                tls.caFile(), tls.identity().map(own -> new EtcdAccess.Identity(own.certFile(), own.keyFile())));
    }

    private static boolean loopback(URI url) {
        return anyAddress(url) || "127.0.0.1".equals(url.getHost()) || "localhost".equals(url.getHost());
    }

    private static boolean anyAddress(URI url) {
        return "0.0.0.0".equals(url.getHost()) || "[::]".equals(url.getHost());
    }
}
