package dev.runbook.steps.waitfor;

import dev.runbook.model.Probe;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.step.Default;
import dev.runbook.step.Doc;
import dev.runbook.step.Effects;
import dev.runbook.step.Effects.Nature;
import dev.runbook.step.NamedStepType;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.WrittenParameter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Waits until a condition on the host is met, with a deadline. */
public final class WaitFor extends NamedStepType<WaitFor.Parameters> {
    /** Fields of the step; exactly one of path, unit, url and command. */
    public record Parameters(
            @Doc("A path on the host.") Optional<String> path,

            @Doc("present or absent, for path.") @Default("present")
            Presence state,

            @Doc("A systemd unit that becomes active.") Optional<String> unit,

            @Doc("An https URL that answers 200, requested from the host.")
            Optional<String> url,

            @Doc("File on the host with the certificate authority for url; default: kubeadm's,"
                    + " /etc/kubernetes/pki/ca.crt, not the system's store.")
            Optional<String> caFile,

            @Doc("A program that exits with status 0.") List<String> command) {
        public Parameters {
            long named = Stream.of(path.isPresent(), unit.isPresent(), url.isPresent(), !command.isEmpty())
                    .filter(given -> given)
                    .count();
            if (named != 1) {
                throw new IllegalArgumentException("wait for exactly one of path, unit, url or command");
            }
            url.ifPresent(text -> {
                var address = URI.create(text);
                if (!"https".equals(address.getScheme()) || address.getHost() == null) {
                    throw new IllegalArgumentException("url is https://host[:port]/path, not " + text);
                }
            });
        }
    }

    /** Whether a path must exist. */
    public enum Presence {
        PRESENT,
        ABSENT
    }

    public WaitFor() {
        super(
                "wait-for",
                Parameters.class,
                "Waits for a path, a unit, a URL or a program; the step's timeout is the deadline (default 2m).");
    }

    @Override
    public Effects effects(WrittenParameter parameters) {
        return Effects.of(Nature.CHECKS);
    }

    @Override
    public StepPlan plan(Parameters parameters, StepContext context) {
        return StepPlan.Planned.of(
                List.of(new Await(probe(parameters), context.timeoutOr(Duration.ofMinutes(2)), Direction.FORWARD)));
    }

    private static Probe probe(Parameters parameters) {
        if (parameters.path().isPresent()) {
            return switch (parameters.state()) {
                case PRESENT -> new Probe.PathPresent(parameters.path().get());
                case ABSENT -> new Probe.PathAbsent(parameters.path().get());
            };
        }
        if (parameters.unit().isPresent()) {
            return new Probe.UnitActive(parameters.unit().get());
        }
        if (parameters.url().isPresent()) {
            var url = URI.create(parameters.url().get());
            return new Probe.HttpsOk(
                    url.getHost(),
                    url.getPort() < 0 ? 443 : url.getPort(),
                    url.getPath().isEmpty() ? "/" : url.getPath(),
                    Optional.of(parameters.caFile().orElse("/etc/kubernetes/pki/ca.crt")));
        }
        return new Probe.ProgramSucceeds(parameters.command());
    }
}
