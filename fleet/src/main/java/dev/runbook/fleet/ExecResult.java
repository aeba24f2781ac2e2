package dev.runbook.fleet;

/** Exit code and output of a command on a node. */
public record ExecResult(int exitCode, String stdout, String stderr) {

    public boolean succeeded() {
        return exitCode == 0;
    }

    /** Returns stdout; throws with exit code and output if the command failed. */
    public String require(String what) {
        if (succeeded()) {
            return stdout;
        }
        throw new FleetException("%s: exit code %d: %s".formatted(what, exitCode, (stdout + stderr).strip()));
    }
}
