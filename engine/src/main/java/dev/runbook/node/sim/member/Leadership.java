package dev.runbook.node.sim.member;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who leads a simulated cluster, and how long members need to stop. A leader that is told to stop hands over to a connected peer
 * first; if that one is stopping too, or cannot win, it waits until the hand-over times out (etcd:
 * server/etcdserver/server.go, {@code TryTransferLeadershipOnShutdown}).
 */
public final class Leadership {
    private static final SimDelays DELAYS = SimDelays.MEASURED;

    /** A member that was told to stop. */
    private record Stop(String member, Duration from, Duration end, Optional<String> successor) {}

    /** What a stop takes, and which hosts' stops take longer because of it, each until when. */
    public record Stopping(Duration takes, Map<String, Duration> prolonged) {
        public Stopping {
            prolonged = Map.copyOf(prolonged);
        }
    }

    private final Map<String, String> leaders = new TreeMap<>();
    private final Map<String, Stop> stops = new TreeMap<>();

    /** A member leads its cluster from now on, if it can. */
    public void leads(String cluster, String member) {
        leaders.put(cluster, member);
    }

    /** The leader among members of a cluster that have a quorum: the one that led, else the lowest ID, in place of an election. */
    public Optional<String> of(String cluster, Collection<String> members) {
        return Optional.ofNullable(leaders.get(cluster))
                .filter(members::contains)
                .or(() -> members.stream().min(String::compareTo));
    }

    /** The member of this host runs. */
    public void starts(String host) {
        stops.remove(host);
    }

    /**
     * A member is told to stop.
     *
     * @param member as {@code id@cluster}; the cluster's other members come in the same form
     * @param running members that run, by host, without those that were told to stop before
     * @param size how many members the cluster has
     */
    public Stopping stops(String host, String member, Duration from, Map<String, String> running, int size) {
        var cluster = clusterOf(member);
        var peers = new TreeSet<String>();
        running.forEach((other, its) -> {
            if (!other.equals(host) && clusterOf(its).equals(cluster)) {
                peers.add(its);
            }
        });
        // Hosts do one step in parallel, and what one of them has done already may lie later in virtual time.
        stops.forEach((other, stop) -> {
            if (!other.equals(host)
                    && clusterOf(stop.member()).equals(cluster)
                    && stop.end().compareTo(from) > 0) {
                peers.add(stop.member());
            }
        });
        var all = new TreeSet<>(peers);
        all.add(member);
        boolean leads = of(cluster, all.stream().map(Leadership::idOf).toList())
                .filter(idOf(member)::equals)
                .isPresent();
        var successor = leads ? peers.stream().findFirst() : Optional.<String>empty();
        var takes = successor
                .map(next -> 2 * all.size() > size && !stopsDuringHandOver(next, from)
                        ? DELAYS.handOver()
                        : DELAYS.handOverWaits())
                .orElse(DELAYS.memberStops());
        successor.ifPresent(next -> leads(cluster, idOf(next)));
        stops.put(host, new Stop(member, from, from.plus(takes), successor));
        return new Stopping(takes, prolong(member, from));
    }

    private boolean stopsDuringHandOver(String member, Duration from) {
        var over = from.plus(DELAYS.handOver());
        return stops.values().stream()
                .anyMatch(stop -> stop.member().equals(member) && stop.from().compareTo(over) < 0);
    }

    /** Leaders that hand over to this one now wait in vain. */
    private Map<String, Duration> prolong(String member, Duration from) {
        var prolonged = new TreeMap<String, Duration>();
        stops.replaceAll((host, stop) -> {
            boolean handsOver = stop.successor().filter(member::equals).isPresent()
                    && from.compareTo(stop.from()) >= 0
                    && from.compareTo(stop.end()) < 0;
            if (!handsOver) {
                return stop;
            }
            var end = stop.from().plus(DELAYS.handOverWaits());
            prolonged.put(host, end);
            return new Stop(stop.member(), stop.from(), end, stop.successor());
        });
        return prolonged;
    }

    private static String clusterOf(String member) {
        return member.substring(member.indexOf('@') + 1);
    }

    private static String idOf(String member) {
        return member.substring(0, member.indexOf('@'));
    }
}
