package dev.runbook.plan;

import dev.runbook.facts.CertificateFacts;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.facts.DataFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.ManifestFolder;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.facts.Silence;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Answer;
import dev.runbook.model.Attributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Edits that change one fact of healthy facts. */
public final class FactEdits {
    private FactEdits() {}

    public static ClusterFacts everywhere(ClusterFacts facts, UnaryOperator<HostFacts> edit) {
        var hosts = new LinkedHashMap<String, HostFacts>();
        facts.hosts().forEach((name, host) -> hosts.put(name, edit.apply(host)));
        return new ClusterFacts(hosts, facts.groups());
    }

    public static ClusterFacts on(ClusterFacts facts, String name, UnaryOperator<HostFacts> edit) {
        return everywhere(facts, host -> host.host().equals(name) ? edit.apply(host) : host);
    }

    public static UnaryOperator<HostFacts> member(UnaryOperator<MemberFacts> edit) {
        return host -> copy(host, Map.of("member", host.member().map(edit)));
    }

    public static UnaryOperator<HostFacts> noMember() {
        return host -> copy(host, Map.of("member", Optional.empty()));
    }

    public static UnaryOperator<HostFacts> data(UnaryOperator<DataFacts> edit) {
        return member(member -> copy(member, Map.of("data", edit.apply(member.data()))));
    }

    public static UnaryOperator<HostFacts> walDir(DataFacts wal) {
        return member(member -> copy(member, Map.of("walDir", Optional.of(wal))));
    }

    public static UnaryOperator<HostFacts> live(UnaryOperator<LiveMember.Answers> edit) {
        return member(member -> member.live() instanceof LiveMember.Answers answers
                ? copy(member, Map.of("live", edit.apply(answers)))
                : member);
    }

    /** A member that is down. */
    public static UnaryOperator<HostFacts> silent() {
        return host -> silent("connection refused", Silence.NOTHING_LISTENS)
                .apply(copy(
                        host,
                        Map.of(
                                "containers",
                                host.containers().stream()
                                        .filter(container -> !container.name().equals("etcd"))
                                        .toList(),
                                "units",
                                stopped(host.units(), "etcd.service"))));
    }

    private static Map<String, UnitFacts> stopped(Map<String, UnitFacts> units, String unit) {
        var all = new HashMap<>(units);
        all.computeIfPresent(unit, (_, facts) -> {
            var properties = new HashMap<>(facts.properties());
            properties.put("ActiveState", "inactive");
            return copy(facts, Map.of("properties", properties));
        });
        return all;
    }

    /** A member that runs, and does not answer. */
    public static UnaryOperator<HostFacts> silent(String why, Silence kind) {
        return member(member -> copy(member, Map.of("live", LiveMember.Silent.because(why, kind))));
    }

    public static UnaryOperator<HostFacts> flag(String name, String value) {
        return member(member -> {
            var flags = new HashMap<>(member.flags());
            flags.put(name, value);
            return copy(member, Map.of("flags", flags));
        });
    }

    public static UnaryOperator<HostFacts> source(MemberSource source) {
        return member(member -> copy(member, Map.of("source", source)));
    }

    public static UnaryOperator<HostFacts> image(String image) {
        return member(member -> copy(member, Map.of("image", Optional.of(image))));
    }

    public static UnaryOperator<HostFacts> tool(String name, String version) {
        return host -> {
            var tools = new HashMap<>(host.tools());
            tools.put(name, new Answer.Tool("/usr/bin/" + name, version));
            return copy(host, Map.of("tools", tools));
        };
    }

    public static UnaryOperator<HostFacts> withoutTool(String name) {
        return host -> {
            var tools = new HashMap<>(host.tools());
            tools.remove(name);
            return copy(host, Map.of("tools", tools));
        };
    }

    public static UnaryOperator<HostFacts> unit(UnitFacts unit) {
        return host -> {
            var units = new HashMap<>(host.units());
            units.put(unit.unit(), unit);
            return copy(host, Map.of("units", units));
        };
    }

    public static UnaryOperator<HostFacts> clockSkew(Duration skew) {
        return host -> copy(host, Map.of("clockSkew", skew));
    }

    public static UnaryOperator<HostFacts> certificate(CertificateFacts certificate) {
        return host -> copy(host, Map.of("certificates", List.of(certificate)));
    }

    public static UnaryOperator<HostFacts> user(String name, int uid) {
        return host -> copy(host, Map.of("identity", new Answer.Identity(name, uid, host.host(), SampleFacts.NOW)));
    }

    public static UnaryOperator<HostFacts> stranger(String name) {
        return host -> copy(
                host,
                Map.of(
                        "manifests",
                        host.manifests()
                                .map(folder -> new ManifestFolder(folder.path(), folder.manifests(), List.of(name)))));
    }

    /** One more container that runs. */
    public static UnaryOperator<HostFacts> container(String name, String pod) {
        return host -> copy(
                host,
                Map.of(
                        "containers",
                        Stream.concat(
                                        host.containers().stream(),
                                        Stream.of(new Answer.Container("0123", name, pod, "example.org/etcd:3")))
                                .toList()));
    }

    /** A data folder that is a mount point, so that it cannot be renamed. */
    public static DataFacts mounted(DataFacts data) {
        return copy(data, Map.of("mountPoint", true));
    }

    /** A data folder that does not exist. */
    public static DataFacts missing(DataFacts data) {
        return new DataFacts(
                data.path(),
                false,
                new Attributes("0700", 0, 0),
                false,
                Optional.empty(),
                0,
                0,
                data.freeBytes(),
                false);
    }

    /** A record with some components replaced by name. */
    public static <R extends Record> R copy(R record, Map<String, ?> changes) {
        try {
            var components = record.getClass().getRecordComponents();
            var types = new Class<?>[components.length];
            var values = new Object[components.length];
            for (int index = 0; index < components.length; index++) {
                types[index] = components[index].getType();
                var name = components[index].getName();
                values[index] = changes.containsKey(name)
                        ? changes.get(name)
                        : components[index].getAccessor().invoke(record);
            }
            @SuppressWarnings("unchecked") // the constructor of the record's own class
            var copy = (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
            return copy;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
