package dev.runbook.recorded;

import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.FileFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.ManifestFolder;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Problem;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Masks every secret in facts; masking twice gives the same as masking once. */
final class MaskedFacts {
    private MaskedFacts() {}

    static ClusterFacts of(ClusterFacts facts) {
        var hosts = new LinkedHashMap<String, HostFacts>();
        facts.hosts().forEach((name, host) -> hosts.put(name, of(host)));
        return new ClusterFacts(hosts, facts.groups());
    }

    private static HostFacts of(HostFacts host) {
        var units = new TreeMap<String, UnitFacts>();
        host.units().forEach((name, unit) -> units.put(name, UnitMask.masked(unit)));
        return new HostFacts(
                host.host(),
                host.identity(),
                host.clockSkew(),
                host.tools(),
                host.manifests().map(MaskedFacts::of),
                units,
                host.containers(),
                host.member().map(member -> of(member, host)),
                host.certificates(),
                host.problems().stream().map(MaskedFacts::of).toList(),
                host.start());
    }

    private static ManifestFolder of(ManifestFolder folder) {
        return new ManifestFolder(
                folder.path(),
                folder.manifests().stream().map(MaskedFacts::yaml).toList(),
                folder.strangers());
    }

    private static MemberFacts of(MemberFacts member, HostFacts host) {
        return new MemberFacts(
                member.name(),
                member.peerUrls().stream().map(SecretNames::masked).toList(),
                member.clientUrls().stream().map(SecretNames::masked).toList(),
                member.access(),
                of(member.source(), host),
                UnitMask.flags(member.flags()),
                member.image(),
                member.data(),
                member.walDir(),
                of(member.live()));
    }

    private static MemberSource of(MemberSource source, HostFacts host) {
        return switch (source) {
            case MemberSource.StaticPod(var manifest) -> new MemberSource.StaticPod(yaml(manifest));
            case MemberSource.Unit unit -> {
                var named = Optional.ofNullable(host.units().get(unit.unit()))
                        .map(UnitMask::namedBy)
                        .orElse(Set.of());
                yield new MemberSource.Unit(
                        unit.unit(),
                        unit.environmentFiles().stream()
                                .map(file -> with(file, UnitMask.environmentFile(file.text(), named)))
                                .toList(),
                        unit.configFile().map(MaskedFacts::yaml));
            }
        };
    }

    private static LiveMember of(LiveMember live) {
        return switch (live) {
            case LiveMember.Answers answers -> answers;
            case LiveMember.Silent(var why, var cause) -> new LiveMember.Silent(SecretNames.masked(why), cause);
        };
    }

    private static FileFacts yaml(FileFacts file) {
        return with(file, YamlMask.masked(file.text()));
    }

    private static FileFacts with(FileFacts file, String text) {
        return new FileFacts(file.path(), text, file.attributes());
    }

    private static Problem of(Problem problem) {
        return new Problem(
                problem.severity(),
                problem.code(),
                problem.where(),
                SecretNames.masked(problem.summary()),
                SecretNames.masked(problem.next()));
    }
}
