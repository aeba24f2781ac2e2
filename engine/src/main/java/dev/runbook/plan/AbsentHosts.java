package dev.runbook.plan;

import dev.runbook.load.Loaded;
import dev.runbook.load.Step;
import dev.runbook.model.Problem;
import dev.runbook.model.Severity;
import dev.runbook.step.Effects.Nature;
import java.util.List;
import java.util.Set;

/** Whether a runbook can do without hosts that cannot be reached: a backup can, a restore never. */
public final class AbsentHosts {
    /** Codes of warnings that tell of hosts and members that a run leaves out. */
    private static final Set<String> CODES = Set.of("host-left-out", "member-not-verified");

    private AbsentHosts() {}

    /**
     * Whether no step changes a host, and each that is to run on an absent one works as well on the others that it has.
     *
     * @param absent hosts by name
     */
    public static boolean tolerated(Loaded.Ok loaded, Set<String> absent) {
        return loaded.steps().stream().allMatch(step -> readsOnly(loaded, step) && isTolerant(loaded, step, absent));
    }

    private static boolean readsOnly(Loaded.Ok loaded, Step step) {
        return switch (step.call().effects(loaded.inputs()).nature()) {
            case Nature.OBSERVES, Nature.CHECKS -> true;
            case Nature.CHANGES, Nature.IRREVERSIBLE -> false;
        };
    }

    private static boolean isTolerant(Loaded.Ok loaded, Step step, Set<String> absent) {
        var hosts = loaded.hostsOf(step).stream().map(host -> host.name()).toList();
        return hosts.stream().noneMatch(absent::contains)
                || (!absent.containsAll(hosts) && step.call().toleratesAbsentHosts(loaded.inputs()));
    }

    /** The reasons why hosts cannot be reached, as warnings of a run that does without them. */
    public static List<Problem> leftOut(List<Problem> unreachable) {
        return unreachable.stream()
                .map(problem -> new Problem(
                                problem.severity(),
                                "host-left-out",
                                problem.where(),
                                "the run does without this host, which cannot be reached: " + problem.summary(),
                                problem.next() + "; `--strict` makes this an error")
                        .asWarning())
                .toList();
    }

    /** The same warnings, with those of something left out as errors. */
    public static List<Problem> strictly(List<Problem> warnings) {
        return warnings.stream()
                .map(problem -> CODES.contains(problem.code())
                        ? new Problem(
                                Severity.ERROR,
                                problem.code(),
                                problem.where(),
                                problem.summary(),
                                "run without --strict to continue")
                        : problem)
                .toList();
    }

    /** Those of a plan's warnings that tell of something that it leaves out. */
    public static List<Problem> among(List<Problem> warnings) {
        return warnings.stream()
                .filter(problem -> CODES.contains(problem.code()))
                .toList();
    }
}
