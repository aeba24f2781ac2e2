package dev.runbook.cli.terminal;

/** The version of this program, for {@code --version} and for reports. */
public final class ProgramVersion {
    public static final String NUMBER = "0.1.0";

    private ProgramVersion() {}
}
