package dev.runbook.cli.runs;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.Touched;
import dev.runbook.node.Claim;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.report.line.RunLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Release of locks that other controllers hold. */
final class LockRelease {
    /** An id that no run has, because only the holder of the lock is queried. */
    private static final String NO_RUN = "none";

    private final Terminal terminal;
    private final NodeSet fleet;

    LockRelease(Terminal terminal, NodeSet fleet) {
        this.terminal = terminal;
        this.fleet = fleet;
    }

    private record Held(Claim holder, boolean connected) {}

    ExitCode unlock(boolean yes, boolean force) {
        var unreachable = new TreeMap<String, String>();
        var held = query(unreachable);
        held.forEach((host, lock) -> {
            var holder = lock.holder();
            terminal.emit(new RunLine.Lock(host, holder.run(), holder.owner(), holder.since(), lock.connected()));
            terminal.line(describe(host, lock));
        });
        unreachable.values().forEach(terminal::note);
        if (held.isEmpty()) {
            terminal.line(free(unreachable.keySet()));
            return unreachable.isEmpty() ? ExitCode.DONE : ExitCode.PREFLIGHT;
        }
        if (!force && held.values().stream().anyMatch(Held::connected)) {
            terminal.note("A lock's owner is still connected, so its run may be active: no lock was released. Stop that"
                    + " process, or try --force if you know that it is dead.");
            return ExitCode.BAD_INPUT;
        }
        var runs = held.values().stream()
                .map(lock -> lock.holder().run())
                .distinct()
                .toList();
        var question = "Release the locks of " + String.join(", ", held.keySet()) + "? The changes of run "
                + String.join(" and ", runs)
                + " remain there; `runbook resume` or `runbook rollback` would end the run instead.";
        if (!yes && !terminal.confirm(question)) {
            return ExitCode.BAD_INPUT;
        }
        Touched.mark();
        var failed = release(held);
        failed.forEach(terminal::note);
        return failed.isEmpty() && unreachable.isEmpty() ? ExitCode.DONE : ExitCode.PREFLIGHT;
    }

    /** A host that does not answer may be locked all the same. */
    private String free(Set<String> unreachable) {
        var away = String.join(", ", unreachable);
        if (unreachable.size() == fleet.nodes().size()) {
            return "Not known whether any host is locked, because none answered: " + away + ".";
        }
        return unreachable.isEmpty()
                ? "No host is locked."
                : "No host that answered is locked. Not known of the hosts that did not answer: " + away + ".";
    }

    private Map<String, Held> query(Map<String, String> unreachable) {
        var held = new LinkedHashMap<String, Held>();
        var journals = NodeSet.onEach(fleet.nodes().keySet(), host -> {
            try {
                return Optional.of(fleet.node(host).readJournal(NO_RUN));
            } catch (NodeUnreachable e) {
                synchronized (unreachable) {
                    unreachable.put(host, e.on(host) + "; " + e.next());
                }
                return Optional.<NodeJournal>empty();
            }
        });
        journals.forEach((host, found) -> found.ifPresent(journal ->
                journal.holder().ifPresent(holder -> held.put(host, new Held(holder, journal.connected())))));
        return held;
    }

    private static String describe(String host, Held lock) {
        return host + ": run " + lock.holder().run() + " of " + lock.holder().owner() + " since "
                + lock.holder().since() + "; "
                + (lock.connected() ? "its owner is connected" : "its owner is not connected");
    }

    private List<String> release(Map<String, Held> held) {
        var failed = new ArrayList<String>();
        NodeSet.onEach(held.keySet(), host -> {
                    try {
                        // Only the lock of this holder: a controller that took the host meanwhile keeps its own.
                        fleet.node(host)
                                .release(Optional.ofNullable(held.get(host))
                                        .orElseThrow()
                                        .holder());
                        return Optional.<String>empty();
                    } catch (NodeUnreachable e) {
                        return Optional.of(e.on(host) + "; " + e.next());
                    }
                })
                .forEach((_, why) -> why.ifPresent(failed::add));
        return failed;
    }
}
