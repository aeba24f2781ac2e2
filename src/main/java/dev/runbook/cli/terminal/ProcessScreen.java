package dev.runbook.cli.terminal;

import dev.runbook.report.Style;
import java.util.List;

/** The screen of this process's terminal: it follows the terminal's size, and leaves nothing behind. */
final class ProcessScreen {
    private ProcessScreen() {}

    static Screen of(Style style) {
        return new Screen(System.out, style, ProcessScreen::follow);
    }

    private static void follow(Screen screen) {
        screen.resize(TerminalSize.now());
        SignalHandler.install("WINCH", () -> screen.resize(TerminalSize.now()));
        // After Ctrl-Z and fg the shell's lines are below the block that was drawn.
        SignalHandler.install("CONT", screen::forget);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("display-end").unstarted(() -> screen.show(_ -> List.of())));
    }
}
