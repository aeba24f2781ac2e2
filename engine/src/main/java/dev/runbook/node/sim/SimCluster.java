package dev.runbook.node.sim;

import dev.runbook.facts.LiveMember;
import dev.runbook.node.sim.member.Leadership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the simulated nodes have in common, and the one monitor of them all: which member runs where, in which order
 * members and API servers came and went, and what must never be.
 */
public final class SimCluster {
    /** A running member: its own ID and its cluster's, and whether it has what it should have. */
    public record Running(String memberId, String clusterId, boolean sound) {
        static final String DAMAGED = "!";

        static Running of(String text) {
            int at = text.indexOf('@');
            boolean sound = !text.endsWith(DAMAGED);
            return new Running(
                    text.substring(text.indexOf(':') + 1, at),
                    text.substring(at + 1, text.length() - (sound ? 0 : DAMAGED.length())),
                    sound);
        }

        String id() {
            return memberId + "@" + clusterId;
        }
    }

    /** In place of the ID of a member that runs and does not answer. */
    static final String SILENT = "silent";

    private final String oldCluster;
    private final int size;
    private final Map<String, Running> members = new TreeMap<>();
    private final Set<String> apiServers = new TreeSet<>();
    private boolean hasApiServers;
    private final Set<String> unstoppable = new TreeSet<>();
    private final Set<String> recorded = new TreeSet<>();
    private final List<String> sequence = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Map<String, SimStore> stores = new TreeMap<>();
    private final Map<String, String> addresses = new TreeMap<>();
    private final Map<String, LiveMember.Silent> silences = new TreeMap<>();
    private final int hosts;
    private long progress;
    private final Set<String> hanging = new TreeSet<>();
    private final Leadership leadership = new Leadership();
    private final SimTime time;
    private final SimSnapshots snapshots;

    SimCluster(String oldCluster, int size, int hosts, SimTime time, SimSnapshots snapshots) {
        this.time = time;
        this.snapshots = snapshots;
        this.oldCluster = oldCluster;
        this.size = size;
        this.hosts = hosts;
    }

    /** How many members on other hosts run at an instant and do not serve their peers yet. */
    long starting(String host, Duration now) {
        return members.keySet().stream()
                .filter(other -> !other.equals(host))
                .filter(other -> time.settled(other + "/" + SimServices.PEERS).compareTo(now) > 0)
                .count();
    }

    public Map<String, Running> members() {
        return Map.copyOf(members);
    }

    /** Why a host's member gave no answer when facts of it were taken. */
    void silent(String host, LiveMember.Silent why) {
        silences.put(host, why);
    }

    Optional<LiveMember.Silent> silence(String host) {
        return Optional.ofNullable(silences.get(host));
    }

    /** The one clock of all nodes. */
    public SimTime time() {
        return time;
    }

    SimSnapshots snapshots() {
        return snapshots;
    }

    /** Lets a host be found under a name or an address. */
    void address(String address, String host) {
        addresses.put(address, host);
    }

    Optional<String> hostAt(String address) {
        return Optional.ofNullable(addresses.get(address));
    }

    /** The data of some member, running or not. */
    Optional<SimStore> anyStore() {
        return stores.values().stream().findFirst();
    }

    void keep(String who, SimStore store) {
        stores.put(who, store);
    }

    /** What a running member has; one that started on an empty folder has nothing. */
    SimStore store(Running member) {
        return stores.computeIfAbsent(
                member.id(),
                _ -> new SimStore("3.5.0", List.of(), List.of(), new SimStore.Origin.Nothing(1), List.of()));
    }

    /** Writes a key through the members that run, as a client would; false when they have no quorum. */
    public boolean put(String key, String value) {
        synchronized (this) {
            var ready = members.values().stream()
                    .filter(member -> hasQuorum(member.clusterId()))
                    .toList();
            ready.forEach(member -> keep(member.id(), store(member).put(key, value)));
            return !ready.isEmpty();
        }
    }

    /** Without a quorum there is no leader. */
    Optional<String> leader(String clusterId) {
        return hasQuorum(clusterId) ? leadership.of(clusterId, running(clusterId)) : Optional.empty();
    }

    private List<String> running(String clusterId) {
        return members.entrySet().stream()
                .filter(entry -> entry.getValue().clusterId().equals(clusterId) && !isHanging(entry.getKey()))
                .map(entry -> entry.getValue().memberId())
                .toList();
    }

    /** A member leads from now on, while it runs. */
    void leads(String clusterId, String memberId) {
        leadership.leads(clusterId, memberId);
    }

    /** Every start and stop, in order, as {@code cp1 starts a1@c1}. */
    public List<String> sequence() {
        return List.copyOf(sequence);
    }

    /** What happened although it must not. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    void violation(String what) {
        violations.add(what);
    }

    /** A node has done an action; who waits for it looks again. */
    void progressed() {
        progress++;
        notifyAll();
    }

    long progress() {
        return progress;
    }

    void memberStarts(String host, Running member) {
        sequence.add(host + " starts " + member.id());
        members.forEach((other, running) -> {
            // What cannot be stopped, on a host that is gone or that refuses, has no leader alone and answers nothing.
            boolean harmless = unstoppable.contains(other) && !hasQuorum(running.clusterId());
            if (!running.clusterId().equals(member.clusterId()) && !harmless) {
                violation(host + " starts a member of " + member.clusterId() + " while " + other + " runs one of "
                        + running.clusterId());
            }
        });
        if (!member.clusterId().equals(oldCluster) && !apiServers.isEmpty()) {
            violation(host + " starts a new member while API servers run on " + apiServers);
        }
        members.put(host, member);
        hanging.remove(host);
        leadership.starts(host);
    }

    /** The member that runs on a host does nothing any more, until it is stopped. */
    void hangs(String host) {
        if (members.containsKey(host)) {
            hanging.add(host);
        }
    }

    boolean isHanging(String host) {
        return hanging.contains(host);
    }

    /** Another member of the running cluster leads from now on, as after an election. */
    void leaderChanges() {
        members.values().stream().map(Running::clusterId).distinct().toList().forEach(clusterId -> {
            var ids = running(clusterId).stream().sorted().toList();
            leader(clusterId).ifPresent(now -> leads(clusterId, ids.get((ids.indexOf(now) + 1) % ids.size())));
        });
    }

    /**
     * A member is told to stop.
     *
     * @param from in virtual time
     * @param grace how long one that hangs lives
     * @return how long it takes
     */
    Duration memberStops(String host, Duration from, Duration grace) {
        var stopping = members.get(host);
        if (stopping == null) {
            return Duration.ZERO;
        }
        sequence.add(host + " stops its member");
        var asking = apiServers.stream()
                .filter(server ->
                        asks(server).anyMatch(member -> member.clusterId().equals(stopping.clusterId())))
                .toList();
        if (!asking.isEmpty()) {
            violation(host + " stops its member while API servers run on " + asking);
        }
        members.remove(host);
        if (hanging.remove(host)) {
            return grace;
        }
        var running = new TreeMap<String, String>();
        members.forEach((other, member) -> running.put(other, member.id()));
        var stop = leadership.stops(host, stopping.id(), from, running, size);
        stop.prolonged().forEach((other, end) -> {
            time.settles(other + "/" + SimServices.STOPPED, end);
            time.settles(other + "/etcd", end);
            time.reaches(end);
        });
        return stop.takes();
    }

    void apiServerStarts(String host) {
        sequence.add(host + " starts its API server");
        apiServers.add(host);
        hasApiServers = true;
        if (!committed() && asks(host).anyMatch(member -> !member.clusterId().equals(oldCluster))) {
            violation(host + " starts its API server on restored data before the commit");
        }
        if (asks(host).anyMatch(member -> !member.sound())) {
            violation(host + " starts its API server on damaged data that was not proven");
        }
    }

    /** Members that an API server asks: the one beside it, or where there is none, all that can answer. */
    private Stream<Running> asks(String host) {
        var own = members.get(host);
        return own == null ? members.values().stream().filter(member -> hasQuorum(member.clusterId())) : Stream.of(own);
    }

    /** Whether what runs on a host can be stopped: not while it is gone or refuses to take something back. */
    void stoppable(String host, boolean can) {
        if (can) {
            unstoppable.remove(host);
        } else {
            unstoppable.add(host);
        }
    }

    void apiServerStops(String host) {
        if (apiServers.remove(host)) {
            sequence.add(host + " stops its API server");
        }
    }

    void records(String host, String line) {
        if (line.equals("commit")) {
            recorded.add(host);
        }
    }

    public boolean committed() {
        return recorded.size() == hosts;
    }

    /** Whether enough members of this one's cluster run for a leader. */
    public boolean hasQuorum(String clusterId) {
        return 2 * running(clusterId).size() > size;
    }

    /** Whether any API server answers; where the cluster has none, its kubelets ask none. */
    boolean apiServerAnswers() {
        return !hasApiServers || apiServers.stream().anyMatch(this::serves);
    }

    /** Whether etcd answers the API server of this host. */
    boolean serves(String host) {
        return asks(host).anyMatch(member -> hasQuorum(member.clusterId()));
    }
}
