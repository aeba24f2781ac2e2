package dev.runbook.fleet;

/** What a command on a node left behind. */
public record ExecResult(int exitCode, String stdout, String stderr) {

    public boolean succeeded() {
        return exitCode == 0;
    }

    /** Returns stdout, or throws with everything that is known when the command failed. */
    public String require(String what) {
        if (succeeded()) {
            return stdout;
        }
        throw new FleetException("%s: exit code %d: %s".formatted(what, exitCode, (stdout + stderr).strip()));
    }
}
