package dev.runbook.facts;

import dev.runbook.model.Need;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Hashes of the facts of a host that a plan depends on: when one of them changes before the first action, the plan is stale.
 *
 * @param parts hashes by the name of what they are of, for messages
 */
public record Fingerprint(SortedMap<String, String> parts) {
    public Fingerprint {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /** Fingerprints of every host, in the order of the facts. */
    public static SequencedMap<String, Fingerprint> ofAll(ClusterFacts facts) {
        var all = new LinkedHashMap<String, Fingerprint>();
        facts.hosts().forEach((host, found) -> all.put(host, of(found)));
        return all;
    }

    public static Fingerprint of(HostFacts facts) {
        var hashes = new TreeMap<String, String>();
        texts(facts).forEach((name, text) -> hashes.put(name, FileFacts.sha256(text)));
        return new Fingerprint(hashes);
    }

    /** Descriptions of the changes; empty when a plan made from this fingerprint is still valid. */
    public List<String> differences(Fingerprint now) {
        var names = new TreeSet<>(parts.keySet());
        names.addAll(now.parts.keySet());
        var differences = new ArrayList<String>();
        for (var name : names) {
            var was = Optional.ofNullable(parts.get(name));
            var is = Optional.ofNullable(now.parts.get(name));
            if (!was.equals(is)) {
                differences.add(name + (was.isEmpty() ? " appeared" : is.isEmpty() ? " is gone" : " changed"));
            }
        }
        return differences;
    }

    private static String lack(Need need) {
        return "the lack of " + need.describe() + ", which " + need.component() + " needs to start,";
    }

    private static SortedMap<String, String> texts(HostFacts facts) {
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
        facts.start()
                .ifPresent(needs ->
                        needs.forEach(found -> found.lacking().ifPresent(why -> parts.put(lack(found.need()), why))));
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
                    "the member list of this host's member",
                    switch (member.live()) {
                        case LiveMember.Answers answers -> answers.memberId() + answers.clusterId() + answers.members();
                        case LiveMember.Silent _ -> "silent";
                    });
        });
        return parts;
    }
}
