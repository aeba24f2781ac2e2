package dev.runbook.etcd.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class InitialClusterPropertyTest {
    @Property(tries = 200)
    void printedClustersAreParsedBack(@ForAll("clusters") InitialCluster cluster) {
        assertThat(InitialCluster.parse(cluster.toString())).isEqualTo(cluster);
    }

    @Property(tries = 50)
    void anotherTokenGivesOtherIds(@ForAll("clusters") InitialCluster cluster) {
        Membership one = cluster.membership("one");

        assertThat(cluster.membership("one")).isEqualTo(one);
        assertThat(cluster.membership("two").members().values())
                .doesNotContainAnyElementsOf(one.members().values());
    }

    @Provide
    Arbitrary<InitialCluster> clusters() {
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("-_.0é")
                .ofMinLength(1)
                .ofMaxLength(12);
        return names.set().ofMinSize(1).ofMaxSize(5).map(InitialClusterPropertyTest::numbered);
    }

    private static InitialCluster numbered(Iterable<String> names) {
        SortedMap<String, List<PeerUrl>> members = new TreeMap<>(Map.of());
        for (String name : names) {
            int first = members.size() * 2;
            members.put(
                    name,
                    IntStream.of(first + 1, first)
                            .mapToObj(host -> new PeerUrl("https://10.0.0." + host + ":2380"))
                            .toList());
        }
        return new InitialCluster(members);
    }
}
