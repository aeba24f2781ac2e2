package dev.runbook.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.etcd.config.EnvironmentFile;
import dev.runbook.etcd.config.StaticPodManifest;
import dev.runbook.etcd.config.SystemdUnit;
import dev.runbook.etcd.identity.InitialCluster;
import dev.runbook.etcd.identity.PeerUrl;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.model.Problem;
import dev.runbook.node.sim.start.ConfiguredMember;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands on a host, the survey gives a configuration or a problem, and an edit gives a text or a problem: never an
 * exception. {@code -Dconfigurations=1000000} tries that many, {@code -Dconfigurations.seed} others.
 */
class HostConfigurationsTest {
    private static final int TRIES = Integer.getInteger("configurations", 20_000);
    private static final long SEED = Long.getLong("configurations.seed", 20_261_127L);
    /** One in so many is edited too, which takes ten times as long as reading. */
    private static final int EDITED = 8;

    private static final Map<String, String> EDITS =
            Map.of("initial-cluster-state", "existing", "data-dir", "/srv/new", "initial-cluster-token", "a b'\"$%");

    private final Map<String, Integer> kinds = new ConcurrentHashMap<>();

    @Test
    void aConfigurationOrAProblemNeverAnException() throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var running = new ArrayList<Future<?>>();
            for (int thread = 0; thread < threads; thread++) {
                int first = thread;
                running.add(pool.submit(() -> {
                    for (int number = first; number < TRIES; number += threads) {
                        attempt(SEED + number);
                    }
                }));
            }
            for (var future : running) {
                future.get();
            }
        }
        System.out.println("host configurations, by kind of answer:");
        new TreeMap<>(kinds).forEach((kind, count) -> System.out.printf("%9d  %s%n", count, kind));
        assertThat(kinds.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(TRIES);
        assertThat(kinds.keySet().stream().filter(kind -> kind.startsWith("a configuration")))
                .hasSize(2);
    }

    @Test
    void seedsThatOnceThrew() {
        // Half a surrogate pair at the end, a hostPath without a path, and a pair where the parser's buffer ended.
        attempt(20_548_621L);
        attempt(21_134_807L);
        attempt(21_250_965L);
        assertThat(kinds).hasSize(2);
    }

    private void attempt(long seed) {
        var host = new GeneratedHost(new Random(seed)).host();
        try {
            var facts = host.survey();
            if (seed % EDITED == 0) {
                facts.member().ifPresent(member -> edit(facts, member));
            }
            kinds.merge(kind(facts), 1, Integer::sum);
        } catch (RuntimeException | StackOverflowError thrown) {
            throw new AssertionError("seed " + seed + " made it throw: " + host, thrown);
        }
    }

    private static String kind(HostFacts facts) {
        return facts.member()
                .map(member -> switch (member.source()) {
                    case MemberSource.StaticPod _ -> "a configuration of a static pod";
                    case MemberSource.Unit _ -> "a configuration of a unit";
                })
                .orElseGet(() -> facts.problems().isEmpty()
                        ? "no member"
                        : facts.problems().stream()
                                .map(HostConfigurationsTest::reason)
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(", ")));
    }

    /** The problem's code, and what its reasons have in common: words of small letters up to a colon. */
    private static String reason(Problem problem) {
        var text = problem.summary().replace("the member's configuration cannot be read: ", "");
        var words = text.replaceAll("runs \\S+", "runs …")
                .replaceAll("^line \\d+(, column \\d+)?: ", "")
                .split(":", 2)[0]
                .split("\\s+");
        var common = Stream.of(words)
                .map(word -> word.matches("[a-z]+,?") ? word : "…")
                .limit(6)
                .collect(Collectors.joining(" "));
        return problem.code() + ": " + common.replaceAll("…( …)+", "…").replaceAll(" …$", "");
    }

    /** What steps and simulated nodes do with a configuration. */
    private static void edit(HostFacts facts, MemberFacts member) {
        new InitialCluster(new TreeMap<>(Map.of(
                member.name(), member.peerUrls().stream().map(PeerUrl::new).toList())));
        try {
            switch (member.source()) {
                case MemberSource.StaticPod(var manifest) -> {
                    ConfiguredMember.ofPod(manifest.text(), "node");
                    var edited = StaticPodManifest.parse(manifest.text());
                    for (var flag : EDITS.entrySet()) {
                        edited = edited.withFlag(flag.getKey(), flag.getValue());
                    }
                    ConfiguredMember.ofPod(edited.text(), "node");
                    edited.withoutFlag("initial-cluster-state").withDataDir("/var/lib/other");
                }
                case MemberSource.Unit unit -> {
                    var properties =
                            Optional.ofNullable(facts.units().get(unit.unit())).orElseThrow();
                    ConfiguredMember.ofUnit(properties.properties(), _ -> Optional.empty(), Map.of());
                    var service = SystemdUnit.parseShow(properties.shown());
                    for (var file : unit.environmentFiles()) {
                        EnvironmentFile.parse(file.text()).with("ETCD_DATA_DIR", "/srv/new");
                    }
                    for (var flag : EDITS.entrySet()) {
                        service = service.withDropIn(
                                service.dropIn(flag.getKey(), flag.getValue(), service.environment(Map.of())));
                    }
                }
            }
        } catch (ConfigProblem refused) {
            // An edit may be refused.
        }
    }
}
