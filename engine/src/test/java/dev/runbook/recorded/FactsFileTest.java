package dev.runbook.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.AnyRecord;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.plan.SampleFacts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsFileTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @Property(tries = 200)
    void readsFactsAsWritten(@ForAll("hosts") List<HostFacts> hosts) {
        var byName = new LinkedHashMap<String, HostFacts>();
        hosts.forEach(host -> byName.put(host.host(), host));
        var facts = new ClusterFacts(byName, Map.of("etcd", List.copyOf(byName.keySet())));
        var text = FactsFile.write(facts, AT);
        assertThat(FactsFile.read("facts.json", text)).isEqualTo(new FactsFile.Read.Facts(AT, MaskedFacts.of(facts)));
        assertThat(FactsFile.write(MaskedFacts.of(facts), AT)).isEqualTo(text);
    }

    @Provide
    Arbitrary<List<HostFacts>> hosts() {
        return AnyRecord.of(HostFacts.class).list().ofMaxSize(3);
    }

    /** Facts without secrets are recorded byte by byte, and the hosts keep their order. */
    @Test
    void factsWithoutSecretsAreRecordedWhole() {
        for (var facts : List.of(SampleFacts.stacked(), SampleFacts.external())) {
            var read = FactsFile.read("facts.json", FactsFile.write(facts, AT));
            assertThat(read).isEqualTo(new FactsFile.Read.Facts(AT, facts));
            assertThat(((FactsFile.Read.Facts) read).facts().hosts().keySet())
                    .containsExactlyElementsOf(facts.hosts().keySet());
        }
    }

    /** A secret in any of its usual places. */
    @Property(tries = 100)
    void noSecretIsRecorded(@ForAll("secrets") String secret) {
        assertThat(FactsFile.write(SecretsOnHosts.stacked(secret), AT)).doesNotContain(secret);
        assertThat(FactsFile.write(SecretsOnHosts.external(secret), AT)).doesNotContain(secret);
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars("/+.!$")
                .ofMinLength(16)
                .ofMaxLength(24)
                .map(text -> "S" + text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {                              | is no facts file: Unexpected end-of-input
        []                             | is no facts file
        {"type": "facts"}              | has format version none, but this runbook reads version 1
        {"type": "plan", "version": 1} | is no facts file: its type is plan
        {"type": "facts", "version": 2}| has format version 2, but this runbook reads version 1
        {"type": "facts", "version": 1}| is no facts file: Null value for creator property 'recordedAt' (line 1
        {"type": "facts", "version": 1, "recordedAt": "now"} | is no facts file: Cannot deserialize
        {"type": "facts", "version": 1, "recordedAt": "2026-01-02T03:04:05Z", "groups": {}, "hosts": [], "hots": []} | is no facts file: Unrecognized property "hots" (at ["hots"])
        """)
    void reportsTheProblemOfAFile(String text, String expected) {
        assertThat(FactsFile.read("f.json", text)).isInstanceOfSatisfying(FactsFile.Read.Bad.class, bad -> {
            assertThat(bad.problem().summary()).startsWith("f.json ").contains(expected);
            assertThat(bad.problem().next()).contains("runbook facts -i INVENTORY -o f.json");
        });
    }
}
