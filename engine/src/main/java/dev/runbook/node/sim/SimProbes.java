package dev.runbook.node.sim;

import dev.runbook.model.Need;
import dev.runbook.model.Probe;
import dev.runbook.node.MemberProbes;
import dev.runbook.node.MemberUnreachable;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.ProbeResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Probes of a simulated node. */
final class SimProbes {
    private static final String API_SERVER = "kube-apiserver";

    private final SimNode node;
    private final SimServices services;
    private final MemberProbes members;

    SimProbes(SimNode node) {
        this.node = node;
        this.services = node.services;
        this.members = new MemberProbes(node::reader);
    }

    /** What is there instead, in the words of a real node; empty when it holds. */
    Optional<String> different(Probe probe) {
        return switch (probe) {
            case Probe.PathPresent(var path) -> unless(node.tree.there(path), "it is not there");
            case Probe.PathAbsent(var path) -> unless(!node.tree.there(path), "it is there");
            case Probe.LockFree _ -> unless(!services.etcdRuns(), "a process holds it");
            case Probe.ContainerRunning(var name) -> unless(services.containers.contains(name), "none runs");
            case Probe.ContainerGone(var name) -> unless(!services.containers.contains(name), "it runs");
            case Probe.CanStart(var needs) -> lacking(needs);
            // A member that does not serve never tells systemd that it is ready.
            case Probe.UnitActive(var unit) ->
                unless(
                        services.runs(unit)
                                && !(unit.equals(SimServices.ETCD)
                                        && node.cluster().isHanging(node.name())),
                        "it is inactive");
            case Probe.UnitInactive(var unit) -> unless(!services.runs(unit), "it is active");
            case Probe.UnitShows(var unit, var property, var text) ->
                unless(
                        shows(unit, property).contains(" " + text + " "),
                        property + " of " + unit + " is another one: a later drop-in overrides it");
            case Probe.ProgramSucceeds(var argv) -> node.programs().fails(argv);
            case Probe.Tunnelled tunnelled -> tunnelled(tunnelled);
        };
    }

    private String shows(String unit, String property) {
        var value = services.properties(unit)
                .flatMap(properties -> Optional.ofNullable(properties.get(property)))
                .orElse("");
        return " " + value.replace("\"", "").replace('\n', ' ') + " ";
    }

    private Optional<String> tunnelled(Probe.Tunnelled probe) {
        try {
            return switch (probe) {
                case Probe.MemberIs(var access, var expected) -> members.memberIs(access, expected);
                case Probe.MembersAgree(var all) ->
                    members.membersAgree(all) instanceof ProbeResult.DoesNotHold(var found)
                            ? Optional.of(found)
                            : Optional.empty();
                case Probe.KeyPresence(var access, var key, var present) -> members.keyPresence(access, key, present);
                case Probe.HttpsOk _ -> apiServer();
                case Probe.PeerStopped peer ->
                    unless(
                            node.cluster()
                                    .hostAt(peer.host())
                                    .filter(node.cluster().members()::containsKey)
                                    .isEmpty(),
                            "its peer port is open");
                case Probe.PeerServes peer ->
                    unless(
                            node.cluster()
                                    .hostAt(peer.host())
                                    .filter(node.cluster().members()::containsKey)
                                    .filter(other -> !node.cluster().isHanging(other))
                                    .isPresent(),
                            "it does not serve");
            };
        } catch (MemberUnreachable | NodeUnreachable e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** /readyz asks etcd, too. */
    private Optional<String> apiServer() {
        if (!services.containers.contains(API_SERVER) && !services.runs(API_SERVER + ".service")) {
            return Optional.of("connection refused");
        }
        return unless(node.cluster().serves(node.name()), "it answers 500: etcd is not ready");
    }

    private Optional<String> lacking(List<Need> needs) {
        return needs.stream()
                .flatMap(need -> node.seeded().lacking(need).map(why -> need.describe() + ": " + why).stream())
                .findFirst();
    }

    private static Optional<String> unless(boolean holds, String found) {
        return holds ? Optional.empty() : Optional.of(found);
    }

    /** Whether what other nodes do can make it hold. */
    static boolean hangsOnOthers(Probe probe) {
        return probe instanceof Probe.Tunnelled;
    }

    /** When, in virtual time, it begins to hold, now that what it asks for has been set off. */
    Duration holdsFrom(Probe probe) {
        var time = node.cluster().time();
        var host = node.name() + "/";
        return switch (probe) {
            case Probe.ContainerGone(var name) -> time.settled(host + name);
            case Probe.ContainerRunning(var name) -> time.settled(host + name);
            case Probe.MemberIs _, Probe.KeyPresence _ -> time.settled(host + SimServices.MEMBER);
            case Probe.MembersAgree _ ->
                node.cluster().members().keySet().stream()
                        .map(other -> time.settled(other + "/" + SimServices.MEMBER))
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO);
            case Probe.HttpsOk _ -> time.settled(host + SimServices.READY);
            case Probe.PeerServes peer -> settledAt(peer.host(), SimServices.PEERS);
            case Probe.PeerStopped peer -> settledAt(peer.host(), SimServices.STOPPED);
            case Probe.LockFree _ -> time.settled(host + SimServices.STOPPED);
            case Probe.PathPresent _,
                    Probe.PathAbsent _,
                    Probe.CanStart _,
                    Probe.UnitActive _,
                    Probe.UnitInactive _,
                    Probe.UnitShows _,
                    Probe.ProgramSucceeds _ -> Duration.ZERO;
        };
    }

    private Duration settledAt(String address, String what) {
        return node.cluster()
                .hostAt(address)
                .map(other -> node.cluster().time().settled(other + "/" + what))
                .orElse(Duration.ZERO);
    }
}
