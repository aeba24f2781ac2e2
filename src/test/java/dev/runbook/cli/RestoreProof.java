package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.testing.ControlPlane;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The prediction of a restore before its first change, to compare with what the members report afterwards.
 *
 * @param memberIds by node
 */
public record RestoreProof(Map<String, String> memberIds, String clusterId, long revision) {
    private static final Pattern HOSTS = Pattern.compile("^ {4}(\\S.*)$");
    private static final Pattern PREDICTION =
            Pattern.compile("^ +member ([0-9a-f]+) of cluster ([0-9a-f]+), at revision (\\d+)$");

    /** Parses the plan that apply prints first. */
    public static RestoreProof predictedIn(String stdout) {
        Map<String, String> members = new HashMap<>();
        Set<String> clusters = new LinkedHashSet<>();
        Set<String> revisions = new LinkedHashSet<>();
        var hosts = "";
        for (var line : stdout.lines().toList()) {
            var heading = HOSTS.matcher(line);
            var prediction = PREDICTION.matcher(line);
            if (heading.matches()) {
                hosts = heading.group(1);
            } else if (prediction.matches()) {
                members.put(hosts, prediction.group(1));
                clusters.add(prediction.group(2));
                revisions.add(prediction.group(3));
            }
        }
        assertThat(clusters).as("one cluster is predicted in%n%s", stdout).hasSize(1);
        assertThat(revisions).as("one revision is predicted").hasSize(1);
        return new RestoreProof(
                members,
                clusters.iterator().next(),
                Long.parseLong(revisions.iterator().next()));
    }

    public void holdsOn(ControlPlane controlPlane) {
        assertThat(controlPlane.memberIds()).isEqualTo(memberIds);
        assertThat(controlPlane.clusterIds()).isEqualTo(controlPlane.all(clusterId));
        assertThat(Set.copyOf(controlPlane.hashes(revision).values()))
                .as("HashKV at revision %d: %s", revision, controlPlane.hashes(revision))
                .hasSize(1);
        if (controlPlane.isStacked()) {
            assertThat(controlPlane.readiness()).isEqualTo(controlPlane.all("ok"));
        }
    }
}
