package dev.runbook.cli.runs;

import dev.runbook.cli.terminal.ExitCode;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.node.Claim;
import dev.runbook.node.NodeJournal;
import dev.runbook.node.NodeSet;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.report.line.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives back locks that others took. */
final class LockRelease {
    /** A name that no run has: only who holds the host is asked for. */
    private static final String NO_RUN = "none";

    private final Terminal terminal;
    private final NodeSet fleet;

    LockRelease(Terminal terminal, NodeSet fleet) {
        this.terminal = terminal;
        this.fleet = fleet;
    }

    private record Held(Claim holder, boolean connected) {}

    ExitCode unlock(boolean yes, boolean force) {
        var away = new ArrayList<String>();
        var held = look(away);
        held.forEach((host, lock) -> {
            var holder = lock.holder();
            terminal.emit(new Line.Lock(host, holder.run(), holder.owner(), holder.since(), lock.connected()));
            terminal.line(described(host, lock));
        });
        away.forEach(terminal::note);
        if (held.isEmpty()) {
            terminal.line("No host that answers is locked.");
            return away.isEmpty() ? ExitCode.DONE : ExitCode.PREFLIGHT;
        }
        if (!force && held.values().stream().anyMatch(Held::connected)) {
            terminal.note(
                    "An owner's connection still stands, so its run may be at work: nothing was unlocked. Stop that"
                            + " process, or give --force when you know that it is dead.");
            return ExitCode.BAD_INPUT;
        }
        var runs = held.values().stream()
                .map(lock -> lock.holder().run())
                .distinct()
                .toList();
        var question = "Unlock " + String.join(", ", held.keySet()) + "? What run " + String.join(" and ", runs)
                + " did there stays as it is; `runbook resume` or `runbook rollback` would end it instead.";
        if (!yes && !terminal.confirmed(question)) {
            return ExitCode.BAD_INPUT;
        }
        var failed = release(held);
        failed.forEach(terminal::note);
        return failed.isEmpty() && away.isEmpty() ? ExitCode.DONE : ExitCode.PREFLIGHT;
    }

    private Map<String, Held> look(List<String> away) {
        var held = new LinkedHashMap<String, Held>();
        var stories = NodeSet.onEach(fleet.nodes().keySet(), host -> {
            try {
                return Optional.of(fleet.node(host).story(NO_RUN));
            } catch (NodeUnreachable e) {
                synchronized (away) {
                    away.add(host + ": " + e.getMessage() + "; " + e.next());
                }
                return Optional.<NodeJournal>empty();
            }
        });
        stories.forEach((host, story) -> story.ifPresent(told ->
                told.holder().ifPresent(holder -> held.put(host, new Held(holder, told.connected())))));
        return held;
    }

    private static String described(String host, Held lock) {
        return host + ": run " + lock.holder().run() + " of " + lock.holder().owner() + " since "
                + lock.holder().since() + "; "
                + (lock.connected() ? "its connection still stands" : "no connection of its owner stands any more");
    }

    private List<String> release(Map<String, Held> held) {
        var failed = new ArrayList<String>();
        NodeSet.onEach(held.keySet(), host -> {
                    try {
                        // Only this very holder's: whoever took the host meanwhile keeps it.
                        fleet.node(host)
                                .release(Optional.ofNullable(held.get(host))
                                        .orElseThrow()
                                        .holder());
                        return Optional.<String>empty();
                    } catch (NodeUnreachable e) {
                        return Optional.of(host + ": " + e.getMessage() + "; " + e.next());
                    }
                })
                .forEach((_, why) -> why.ifPresent(failed::add));
        return failed;
    }
}
