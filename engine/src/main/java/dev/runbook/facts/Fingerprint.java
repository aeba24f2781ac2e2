package dev.runbook.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What of a host's facts a plan was built on: when any of it is another by the time of the first act, the plan is stale. */
public final class Fingerprint {
    private Fingerprint() {}

    /** What is different now, in words; empty when a plan made from the first still holds. */
    public static List<String> differences(HostFacts planned, HostFacts now) {
        var before = of(planned);
        var after = of(now);
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        var differences = new ArrayList<String>();
        for (var name : names) {
            var was = Optional.ofNullable(before.get(name));
            var is = Optional.ofNullable(after.get(name));
            if (!was.equals(is)) {
                differences.add(name + (was.isEmpty() ? " appeared" : is.isEmpty() ? " is gone" : " changed"));
            }
        }
        return differences;
    }

    private static SortedMap<String, String> of(HostFacts facts) {
        var parts = new TreeMap<String, String>();
        facts.manifests().ifPresent(folder -> {
            folder.manifests().forEach(file -> parts.put(file.path(), file.sha256() + file.attributes()));
            folder.strangers().forEach(name -> parts.put(folder.path() + "/" + name, ""));
        });
        facts.units()
                .forEach((unit, found) -> parts.put(
                        unit,
                        found.properties().getOrDefault("ExecStart", "").replaceAll("start_time=.*", "")
                                + found.active()));
        facts.member().ifPresent(member -> {
            parts.put(
                    "data folder " + member.data().path(),
                    member.data().present() + " " + member.data().memberPresent());
            switch (member.source()) {
                case MemberSource.StaticPod _ -> {}
                case MemberSource.Unit unit -> {
                    unit.environmentFiles().forEach(file -> parts.put(file.path(), file.sha256() + file.attributes()));
                    unit.configFile().ifPresent(file -> parts.put(file.path(), file.sha256() + file.attributes()));
                }
            }
            parts.put(
                    "the member list as this host's member tells it",
                    switch (member.live()) {
                        case Live.Answers answers -> answers.memberId() + answers.clusterId() + answers.members();
                        case Live.Silent _ -> "silent";
                    });
        });
        return parts;
    }
}
