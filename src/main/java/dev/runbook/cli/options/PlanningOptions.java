package dev.runbook.cli.options;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** What plan and apply share: the runbook, its hosts, how these are reached or simulated, and how results are shown. */
public final class PlanningOptions {
    @Mixin
    TargetOptions target = new TargetOptions();

    @Mixin
    ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    SimulateOptions simulated = new SimulateOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    ReportOptions reports = new ReportOptions();

    public TargetOptions target() {
        return target;
    }

    public Path runbook() {
        return target.runbook();
    }

    /** How hosts are reached, or that they are simulated. */
    public ConnectionOptions connections() {
        return simulated.applyTo(connections);
    }

    public OutputOptions output() {
        return output;
    }

    public ReportOptions reports() {
        return reports;
    }
}
