package dev.runbook.cli.terminal;

import dev.runbook.cli.options.OutputOptions;
import dev.runbook.report.live.HostsWait;
import java.time.Clock;
import java.util.List;

/** A program that waits, for tests on a terminal of its own: it ends by itself, or never when it has an argument. */
final class DisplayMain {
    private DisplayMain() {}

    static void main(String[] args) throws InterruptedException {
        var terminal = Terminal.ofProcess(new OutputOptions());
        var wait = new HostsWait(Clock.systemUTC(), List.of("cp1", "cp2"));
        terminal.line("begin");
        try (var _ = LiveDisplay.start(terminal, wait)) {
            Thread.sleep(1_500);
            wait.finished("cp1");
            terminal.line("cp1 has answered");
            Thread.sleep(args.length == 0 ? 500 : 60_000);
        }
        terminal.line("end");
    }
}
