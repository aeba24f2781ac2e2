package dev.runbook.node.shell.wire;

/** The shell at the other end is gone, or is late and counts as gone. */
public final class ShellLost extends Exception {
    public ShellLost(String why) {
        super(why);
    }
}
