package dev.runbook.execute;

import dev.runbook.model.Action;
import dev.runbook.model.ActionResult;
import dev.runbook.model.Answer;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.Failure;
import dev.runbook.model.Probe;
import dev.runbook.model.Query;
import dev.runbook.node.ActionListener;
import dev.runbook.node.Batch;
import dev.runbook.node.BatchResult;
import dev.runbook.node.Claim;
import dev.runbook.node.ClaimResult;
import dev.runbook.node.MemberReader;
import dev.runbook.node.Node;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A node in memory with just enough of a control plane for the executor's tests: paths with contents, units, pods that
 * follow their manifests, and a lock. A fault can be put on any action.
 */
final class MemoryNode implements Node {
    /** How an injected fault shows. */
    enum Fault {
        /** The action says no, and did nothing. */
        REFUSED,
        /** It failed before any effect. */
        FAILED_BEFORE,
        /** It failed with its effect there. */
        FAILED_AFTER,
        /** The link is lost before any effect. */
        LOST_BEFORE,
        /** The link is lost, and the effect is there. */
        LOST_AFTER
    }

    private final String name;
    final TreeMap<String, String> paths = new TreeMap<>();
    final TreeMap<String, Boolean> units = new TreeMap<>();
    final TreeSet<String> records = new TreeSet<>();

    @Nullable
    Claim holder;

    private int performed;
    private int faultAt = -1;
    private Fault fault = Fault.REFUSED;

    MemoryNode(String name) {
        this.name = name;
    }

    /** The action with this number, counted from 0 over all batches of the way forward, goes wrong. */
    void failAt(int number, Fault how) {
        faultAt = number;
        fault = how;
    }

    int performed() {
        return performed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public BatchResult perform(Batch batch, ActionListener listener) {
        var results = new ArrayList<ActionResult>();
        for (var action : batch.actions()) {
            var result = performed++ == faultAt ? faulty(action) : apply(action);
            results.add(result);
            listener.ended(results.size() - 1, result);
            if (!result.succeeded()) {
                break;
            }
        }
        return new BatchResult(results);
    }

    private ActionResult faulty(Action action) {
        var failure = Failure.of("injected");
        return switch (fault) {
            case REFUSED -> new ActionResult.Refused(failure, Duration.ZERO);
            case FAILED_BEFORE -> new ActionResult.Failed(failure, Duration.ZERO);
            case LOST_BEFORE -> new ActionResult.InDoubt(failure, Duration.ZERO);
            case FAILED_AFTER -> {
                apply(action);
                yield new ActionResult.Failed(failure, Duration.ZERO);
            }
            case LOST_AFTER -> {
                apply(action);
                yield new ActionResult.InDoubt(failure, Duration.ZERO);
            }
        };
    }

    private ActionResult apply(Action action) {
        return switch (action) {
            case Action.MakeFolder make -> create(make.path(), "folder");
            case Action.RemoveEmptyFolder remove -> {
                boolean empty = paths.keySet().stream().noneMatch(path -> path.startsWith(remove.path() + "/"));
                if (empty) {
                    paths.remove(remove.path());
                }
                yield done();
            }
            case Action.MovePath move -> move(move.from(), move.to());
            case Action.CreateFile create -> create(create.path(), create.content());
            case Action.ReplaceFile replace -> {
                paths.put(
                        replace.kept(),
                        Optional.ofNullable(paths.get(replace.path())).orElseThrow());
                paths.put(replace.path(), replace.content());
                yield done();
            }
            case Action.PutBack back -> {
                var kept = paths.remove(back.kept());
                if (kept == null) {
                    yield new ActionResult.AlreadyDone(Duration.ZERO);
                }
                paths.put(back.path(), kept);
                yield done();
            }
            case Action.PlaceFile place -> {
                if (paths.containsKey(place.path())) {
                    move(place.path(), place.kept());
                }
                yield move(place.staged(), place.path());
            }
            case Action.TakeAway away -> {
                var result = move(away.path(), away.staged());
                if (paths.containsKey(away.kept())) {
                    move(away.kept(), away.path());
                }
                yield result;
            }
            case Action.SendFile send -> create(send.path(), send.sha256());
            case Action.RestoreData restore -> {
                create(restore.dataDir(), "folder");
                yield create(restore.dataDir() + "/member", restore.member().memberId());
            }
            case Action.StartUnit start -> unit(start.unit(), true);
            case Action.StopUnit stop -> unit(stop.unit(), false);
            case Action.Await await ->
                holds(await.probe())
                        ? done()
                        : refused("not so: " + await.probe().describe());
            case Action.RestartUnit _,
                    Action.ReloadUnits _,
                    Action.StopContainer _,
                    Action.MatchAttributes _,
                    Action.SaveSnapshot _,
                    Action.StreamSnapshot _,
                    Action.FetchFile _,
                    Action.RunProgram _ -> done();
        };
    }

    private boolean holds(Probe probe) {
        return switch (probe) {
            case Probe.ContainerRunning running -> podRuns(running.name());
            case Probe.ContainerGone gone -> !podRuns(gone.name());
            case Probe.UnitActive active -> units.getOrDefault(active.unit(), false);
            case Probe.UnitInactive inactive -> !units.getOrDefault(inactive.unit(), false);
            case Probe.LockFree _ -> !podRuns("etcd") && !units.getOrDefault("etcd.service", false);
            case Probe.MemberIs member ->
                (podRuns("etcd") || units.getOrDefault("etcd.service", false))
                        && member.expected().memberId().map(this::runsAs).orElse(true);
            case Probe.PathPresent present -> paths.containsKey(present.path());
            case Probe.PathAbsent absent -> !paths.containsKey(absent.path());
            case Probe.MembersAgree _, Probe.HttpsOk _, Probe.KeyPresence _, Probe.ProgramSucceeds _ -> true;
        };
    }

    private boolean podRuns(String pod) {
        return paths.containsKey("/etc/kubernetes/manifests/" + pod + ".yaml");
    }

    private boolean runsAs(String member) {
        return paths.entrySet().stream()
                .anyMatch(entry -> entry.getKey().matches("/var/lib/etcd(/default)?/member")
                        && entry.getValue().equals(member));
    }

    private ActionResult create(String path, String content) {
        if (content.equals(paths.get(path))) {
            return new ActionResult.AlreadyDone(Duration.ZERO);
        }
        if (paths.containsKey(path)) {
            return refused(path + " is there");
        }
        paths.put(path, content);
        return done();
    }

    private ActionResult move(String from, String to) {
        if (!paths.containsKey(from)) {
            return paths.containsKey(to) ? new ActionResult.AlreadyDone(Duration.ZERO) : refused("neither is there");
        }
        if (paths.containsKey(to)) {
            return refused("both are there");
        }
        for (Map.Entry<String, String> entry : List.copyOf(paths.entrySet())) {
            if (entry.getKey().equals(from) || entry.getKey().startsWith(from + "/")) {
                paths.remove(entry.getKey());
                paths.put(to + entry.getKey().substring(from.length()), entry.getValue());
            }
        }
        return done();
    }

    private ActionResult unit(String unit, boolean runs) {
        return Boolean.valueOf(runs).equals(units.put(unit, runs))
                ? new ActionResult.AlreadyDone(Duration.ZERO)
                : done();
    }

    private static ActionResult done() {
        return new ActionResult.Done(Duration.ZERO);
    }

    private static ActionResult refused(String why) {
        return new ActionResult.Refused(Failure.of(why), Duration.ZERO);
    }

    @Override
    public ClaimResult claim(Claim claim) {
        if (holder != null && !(holder.run().equals(claim.run()) && holder.epoch() < claim.epoch())) {
            return new ClaimResult.HeldBy(holder);
        }
        holder = claim;
        return new ClaimResult.Granted();
    }

    @Override
    public void record(Claim claim, String line) {
        records.add(line);
    }

    @Override
    public void release(Claim claim) {
        if (holder != null && holder.run().equals(claim.run())) {
            holder = null;
        }
    }

    @Override
    public ProbeResult check(Probe probe, Duration deadline) {
        return holds(probe) ? new ProbeResult.Holds() : new ProbeResult.DoesNotHold("not so");
    }

    @Override
    public List<Answer> ask(List<Query> queries, Duration deadline) throws NodeUnreachable {
        throw new NodeUnreachable("nothing is asked here", "");
    }

    @Override
    public MemberReader openMember(EtcdAccess access) throws NodeUnreachable {
        throw new NodeUnreachable("no member answers here", "");
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {}
}
