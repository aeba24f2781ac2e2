package dev.runbook.node.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.Silence;
import dev.runbook.node.NodeSet;
import dev.runbook.plan.FactEdits;
import dev.runbook.plan.SampleFacts;
import dev.runbook.recorded.FactsFile;
import dev.runbook.survey.ClusterSurvey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Simulated members are as silent as facts say, and for the same reason. */
class SilentMemberTest {
    private static ClusterFacts surveyed(ClusterFacts facts) {
        var fleet = SimFleet.of(facts);
        return switch (ClusterSurvey.survey(
                new NodeSet(fleet.asNodes()), facts.groups(), fleet.cluster().time())) {
            case ClusterSurvey.Result.Surveyed(var found) -> found;
            case ClusterSurvey.Result.Unreachable(var problems, var _) -> throw new AssertionError(problems.toString());
        };
    }

    @Test
    void aDocumentOfAnEarlierVersionIsReadAndItsReasonStays() throws IOException {
        var text = Files.readString(Path.of("src/test/resources/facts/tls-without-loopback.json"));
        assertThat(FactsFile.read("facts.json", text)).isInstanceOfSatisfying(FactsFile.Read.Facts.class, read -> {
            var found = surveyed(read.facts());
            assertThat(found.members())
                    .hasSize(3)
                    .allSatisfy(member -> assertThat(member.live())
                            .isInstanceOfSatisfying(LiveMember.Silent.class, silent -> {
                                assertThat(silent.kind()).isEqualTo(Silence.TLS);
                                assertThat(silent.why()).contains("No subject alternative names");
                            }));
            var again = FactsFile.read("again.json", FactsFile.write(found, read.recordedAt()));
            assertThat(again)
                    .isInstanceOfSatisfying(
                            FactsFile.Read.Facts.class,
                            second -> assertThat(second.facts().members())
                                    .allSatisfy(member -> assertThat(((LiveMember.Silent) member.live()).cause())
                                            .contains(Silence.TLS)));
        });
    }

    /** Neither its container nor its unit comes back with the simulation. */
    @Test
    void aMemberThatWasDownIsDown() {
        for (var facts : java.util.List.of(SampleFacts.stacked(), SampleFacts.external())) {
            var name = facts.hosts().firstEntry().getKey();
            var host = surveyed(FactEdits.on(facts, name, FactEdits.silent())).of(name);
            assertThat(host.runs(host.member().orElseThrow())).isFalse();
        }
    }
}
