package dev.runbook.report.line;

import dev.runbook.report.live.Notice;
import java.time.Duration;
import java.util.OptionalInt;

/** Maps what lasts to its lines. */
public final class ProgressLineMapper {
    private ProgressLineMapper() {}

    /** One line. */
    public static ProgressLine of(Notice notice) {
        if (notice.moved().isPresent()
                && notice.host().isPresent()
                && notice.action().isPresent()) {
            var moved = notice.moved().get();
            return new ProgressLine.Transfer(
                    notice.at(),
                    notice.host().get(),
                    notice.action().get().step() + 1,
                    notice.action().get().index() + 1,
                    notice.what(),
                    seconds(notice.took()),
                    seconds(notice.deadline().orElse(Duration.ZERO)),
                    notice.nearsDeadline(),
                    moved.bytes(),
                    moved.total(),
                    moved.bytesPerSecond());
        }
        var action = notice.action();
        return new ProgressLine.Waiting(
                notice.at(),
                notice.host(),
                action.map(place -> OptionalInt.of(place.step() + 1)).orElse(OptionalInt.empty()),
                action.map(place -> OptionalInt.of(place.index() + 1)).orElse(OptionalInt.empty()),
                action.filter(Notice.ActionPlace::undo).isPresent(),
                notice.what(),
                seconds(notice.took()),
                notice.deadline().map(ProgressLineMapper::seconds),
                notice.nearsDeadline(),
                notice.seen(),
                notice.away().map(ProgressLineMapper::seconds));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
