package dev.runbook.cli.options;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** A runbook with its inputs and hosts, and how the results of a command on it are shown and reported. */
public final class RunbookOptions {
    @Mixin
    TargetOptions target = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    ReportOptions reports = new ReportOptions();

    public Path runbook() {
        return target.runbook();
    }

    public TargetOptions target() {
        return target;
    }

    public OutputOptions output() {
        return output;
    }

    public ReportOptions reports() {
        return reports;
    }
}
