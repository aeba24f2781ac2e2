package dev.runbook.survey;

import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.etcd.config.EnvironmentFile;
import dev.runbook.etcd.config.EtcdUrl;
import dev.runbook.etcd.config.PodFields;
import dev.runbook.etcd.config.SystemdUnit;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Answer;
import dev.runbook.model.Query;
import dev.runbook.node.NodeUnreachable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what a static pod's {@code fieldRef} variables stand for: the node's name and address, as its kubelet has them. */
final class NodeFields {
    private static final String KUBELET = "kubelet.service";
    /** Where kubeadm keeps what it adds to the kubelet's flags. */
    private static final String KUBEADM_FLAGS = "/var/lib/kubelet/kubeadm-flags.env";

    private static final Pattern NAME = Pattern.compile("--hostname-override[= ]\"?([A-Za-z0-9.-]+)");
    private static final Pattern ADDRESS = Pattern.compile("--node-ip[= ]\"?([0-9a-fA-F.:]+)");
    private static final List<String> UNSPECIFIED = List.of("0.0.0.0", "::");

    private NodeFields() {}

    /** Asks the node: running pods have its name, the kubelet's flags may have both. */
    static PodFields of(QueryingNode host, Map<String, UnitFacts> units) throws NodeUnreachable {
        var flags = kubeletFlags(host, Optional.ofNullable(units.get(KUBELET)));
        var name = ofPods(host)
                .or(() -> found(NAME, flags))
                // A kubelet without the flag takes the host's name.
                .or(() -> host.answer(new Query.WhoAmI(), Answer.Identity.class)
                        .filter(_ -> units.containsKey(KUBELET))
                        .map(Answer.Identity::hostname));
        return new PodFields(
                name.map(text -> text.toLowerCase(Locale.ROOT)),
                found(ADDRESS, flags).filter(address -> !UNSPECIFIED.contains(address)));
    }

    /** The name of a static pod ends with that of its node. */
    private static Optional<String> ofPods(QueryingNode host) {
        return host.answer(new Query.RunningContainers(), Answer.Containers.class).stream()
                .flatMap(running -> running.containers().stream())
                .filter(container -> HostSurvey.PODS.contains(container.name()))
                .filter(container -> container.pod().startsWith(container.name() + "-"))
                .map(container -> container.pod().substring(container.name().length() + 1))
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    private static String kubeletFlags(QueryingNode host, Optional<UnitFacts> kubelet) throws NodeUnreachable {
        var text = new StringBuilder();
        var paths = new ArrayList<>(List.of(KUBEADM_FLAGS));
        if (kubelet.isPresent()) {
            try {
                var unit = SystemdUnit.parseShow(kubelet.get().shown());
                text.append(unit.shownCommand()).append('\n');
                unit.environment().values().forEach(value -> text.append(value).append('\n'));
                unit.environmentFiles().forEach(file -> paths.add(file.path()));
            } catch (ConfigProblem unreadable) {
                // The file of kubeadm is read all the same.
            }
        }
        host.query(paths.stream().distinct().map(QueryingNode::text).toList());
        for (var path : paths) {
            host.answer(QueryingNode.text(path), Answer.Text.class)
                    .ifPresent(file -> text.append(values(file.text())).append('\n'));
        }
        return text.toString();
    }

    private static String values(String text) {
        try {
            return String.join("\n", EnvironmentFile.parse(text).values().values());
        } catch (ConfigProblem unreadable) {
            return text;
        }
    }

    /** The last one, which takes effect. */
    private static Optional<String> found(Pattern pattern, String flags) {
        return pattern.matcher(flags).results().map(match -> match.group(1)).reduce((_, last) -> last);
    }

    /** The address that the member itself has in the member list, where the configuration has a placeholder. */
    static Optional<String> address(LiveMember live, List<String> configured, String placeholder) {
        if (!(live instanceof LiveMember.Answers answers)) {
            return Optional.empty();
        }
        var self = answers.members().stream()
                .filter(member -> member.id().equals(answers.memberId()))
                .flatMap(member -> member.peerUrls().stream())
                .toList();
        for (var url : configured) {
            for (var known : self) {
                var address = address(url, known, placeholder);
                if (address.isPresent()) {
                    return address;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> address(String configured, String known, String placeholder) {
        try {
            var one = EtcdUrl.parse(configured);
            var other = EtcdUrl.parse(known);
            return one.host().equals(placeholder) && one.port() == other.port()
                    ? Optional.of(other.host())
                    : Optional.empty();
        } catch (ConfigProblem notAsEtcdWritesThem) {
            return Optional.empty();
        }
    }
}
