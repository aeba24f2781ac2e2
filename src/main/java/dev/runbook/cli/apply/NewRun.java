package dev.runbook.cli.apply;

import dev.runbook.step.RunIdentity;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Identities of new runs: an id that sorts by time, and a cluster token that was never used before. */
public final class NewRun {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private static final String SIMULATED = "-sim";

    private NewRun() {}

    public static RunIdentity fresh(RunStore store, Clock clock) {
        var random = new SecureRandom();
        var now = clock.instant();
        var id = STAMP.format(now) + "-" + hex(random, 2);
        return new RunIdentity(id, "runbook-" + id + "-" + hex(random, 8), now, store.folderOf(id));
    }

    /** Marks the id of a simulated run, so that every list shows it and no run resumes it on real hosts. */
    static RunIdentity simulated(RunIdentity run) {
        var id = run.id() + SIMULATED;
        return new RunIdentity(id, run.token(), run.planned(), run.artifacts().resolveSibling(id));
    }

    public static boolean isSimulated(String run) {
        return run.endsWith(SIMULATED);
    }

    private static String hex(SecureRandom random, int bytes) {
        var buffer = new byte[bytes];
        random.nextBytes(buffer);
        return HexFormat.of().formatHex(buffer);
    }
}
