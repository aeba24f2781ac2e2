package dev.runbook.load;

import dev.runbook.model.Secret;
import dev.runbook.step.Default;
import dev.runbook.step.Output;
import dev.runbook.step.StepCatalog;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan;
import dev.runbook.step.StepType;
import dev.runbook.step.ValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small step types, one for each feature of binding. */
final class SampleSteps {
    static final StepCatalog CATALOG = new StepCatalog(List.of(
            sample(
                    "restore",
                    Restore.class,
                    List.of(
                            new Output("folder", ValueType.STRING, "The new folder"),
                            new Output("revision", ValueType.INT, "Its revision"))),
            sample("stop-apiserver", Nothing.class, List.of()),
            sample("say", Say.class, List.of()),
            sample("log-in", LogIn.class, List.of()),
            sample("configure", Configure.class, List.of(new Output("changed", ValueType.BOOL, "Whether it was")))));

    record Restore(
            Path snapshot,
            Optional<String> dataDir,
            @Default("false") boolean skipHashCheck,
            @Default("1000000000") long bump) {}

    record Nothing() {}

    record Say(String text, @Default("1") int times) {
        Say {
            if (times < 1) {
                throw new IllegalArgumentException("times must be 1 or more, not " + times);
            }
        }
    }

    record LogIn(String user, Secret password) {}

    enum Mode {
        SLOW_START,
        FAST
    }

    record Probe(String url, @Default("30s") Duration within) {}

    record Configure(
            Mode mode, Optional<Probe> probe, List<Probe> probes, Map<String, String> labels, List<String> members) {}

    private record Sample<P extends Record>(String name, Class<P> parameters, List<Output> outputs)
            implements StepType<P> {
        @Override
        public String summary() {
            return "A sample.";
        }

        @Override
        public StepPlan plan(P given, StepContext context) {
            return StepPlan.Planned.nothing(given.toString());
        }
    }

    private SampleSteps() {}

    private static <P extends Record> StepType<P> sample(String name, Class<P> parameters, List<Output> outputs) {
        return new Sample<>(name, parameters, outputs);
    }
}
