package dev.runbook.cli.terminal;

import dev.runbook.cli.options.ReportOptions;
import dev.runbook.cli.options.RunbookOptions;
import dev.runbook.execute.RunOutcome;
import dev.runbook.journal.RunEvent;
import dev.runbook.model.Problem;
import dev.runbook.plan.Plan;
import dev.runbook.prove.Proof;
import dev.runbook.report.FailureText;
import dev.runbook.report.Findings;
import dev.runbook.report.Style;
import dev.runbook.report.junit.FindingsSuites;
import dev.runbook.report.junit.JunitXml;
import dev.runbook.report.line.InvocationLine;
import dev.runbook.report.line.LineVocabulary;
import dev.runbook.report.markdown.MarkdownSummary;
import dev.runbook.report.sarif.RuleLookup;
import dev.runbook.report.sarif.SarifReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collector of the problems and events of a command, which it writes to the requested report files at the end. */
public final class ReportCollector {
    private final Terminal terminal;
    private final ReportOptions options;
    private final CiServer server;
    private final Clock clock;
    private final String command;
    private final String subject;
    private final Instant began;

    private final List<Problem> problems = new ArrayList<>();
    private final List<RunEvent> events = new ArrayList<>();
    private Optional<Plan> plan = Optional.empty();
    private Optional<RunOutcome> outcome = Optional.empty();
    private Optional<Proof> proof = Optional.empty();
    private Optional<Sarif> sarif = Optional.empty();

    /** A file for code scanning, and the source of the rules in it. */
    private record Sarif(Path file, RuleLookup rules) {}

    /** The work of a command, which results in its exit code. */
    @FunctionalInterface
    public interface Work {
        ExitCode run() throws UsageError, IOException;
    }

    public ReportCollector(Terminal terminal, ReportOptions options, Clock clock, String command, Path subject) {
        this.terminal = terminal;
        this.options = options;
        this.server = CiServer.ofEnvironment();
        this.clock = clock;
        this.command = command;
        this.subject = subject.toString();
        this.began = clock.instant();
    }

    /** A collector for a command on a runbook. */
    public static ReportCollector of(RunbookOptions options, Clock clock, String command) {
        return new ReportCollector(
                Terminal.ofProcess(options.output()), options.reports(), clock, command, options.runbook());
    }

    /** A collector for a command that writes no reports. */
    public static ReportCollector none(Terminal terminal, Clock clock) {
        return new ReportCollector(terminal, new ReportOptions(), clock, "", Path.of(""));
    }

    public Terminal terminal() {
        return terminal;
    }

    /** Also writes the problems to a file for code scanning. */
    public void sarif(Path file, RuleLookup rules) {
        sarif = Optional.of(new Sarif(file, rules));
    }

    /** Does the work and writes the report files, also when the command line proves to be wrong. */
    public ExitCode run(Work work) throws UsageError, IOException {
        for (var file : List.of(options.junit(), options.summary(), sarif.map(Sarif::file))) {
            if (file.isPresent()) {
                ReportFile.check(file.get());
            }
        }
        try {
            var code = work.run();
            write();
            return code;
        } catch (UsageError e) {
            problems.add(Problem.ofCall("bad-call", String.valueOf(e.getMessage()), ""));
            write();
            throw e;
        }
    }

    public void problems(List<Problem> found) {
        terminal.problems(found);
        problems.addAll(found);
    }

    public void plan(Plan made) {
        plan = Optional.of(made);
    }

    public void proof(Proof found) {
        proof = Optional.of(found);
        found.causes()
                .forEach((verdict, count) -> terminal.annotate(
                        "runbook " + command + " " + subject + ": violation in " + count
                                + (count == 1 ? " scenario" : " scenarios"),
                        String.join("\n", verdict.trace())));
    }

    public void accept(RunEvent event) {
        events.add(event);
    }

    public void finish(RunOutcome result) {
        outcome = Optional.of(result);
        var lines = new FailureText(Style.PLAIN).outcome(result);
        if (!lines.isEmpty()) {
            terminal.annotate("runbook " + command + " " + subject, String.join("\n", lines));
        }
    }

    private void write() {
        var findings = new Findings(
                command,
                subject,
                began,
                Duration.between(began, clock.instant()),
                problems,
                plan,
                events,
                outcome,
                proof);
        options.junit()
                .ifPresent(file -> written(
                        file,
                        LineVocabulary.Content.JUNIT,
                        JunitXml.write(FindingsSuites.of(findings), ControllerName.hostName())));
        sarif.ifPresent(to -> written(
                to.file(),
                LineVocabulary.Content.SARIF,
                SarifReport.of(
                        ProgramVersion.NUMBER,
                        server.root(),
                        Path.of("").toAbsolutePath(),
                        subject,
                        problems,
                        to.rules())));
        options.summary()
                .ifPresent(file -> written(file, LineVocabulary.Content.SUMMARY, MarkdownSummary.of(findings)));
        server.stepSummary().ifPresent(file -> ReportFile.append(terminal, file, MarkdownSummary.of(findings)));
    }

    private void written(Path file, LineVocabulary.Content content, String text) {
        if (ReportFile.write(terminal, file, text)) {
            terminal.emit(new InvocationLine.Written(file.toString(), content));
        }
    }
}
