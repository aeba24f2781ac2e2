package dev.runbook.node.shell;

/** The shell at the other end is gone, or is late and counts as gone. */
final class ShellLost extends Exception {
    ShellLost(String why) {
        super(why);
    }
}
