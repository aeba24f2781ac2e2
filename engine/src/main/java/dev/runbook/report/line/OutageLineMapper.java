package dev.runbook.report.line;

import dev.runbook.report.outage.OutageForecast;
import dev.runbook.report.outage.OutagePhase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Maps an outage to its lines. */
public final class OutageLineMapper {
    private OutageLineMapper() {}

    public static OutageLine of(OutageForecast forecast) {
        return new OutageLine.ExpectedOutage(
                seconds(forecast.length()), phases(forecast.phases()), forecast.earlierRun());
    }

    public static OutageLine of(String run, Duration length, Map<OutagePhase, Duration> phases) {
        return new OutageLine.MeasuredOutage(run, seconds(length), phases(phases));
    }

    private static List<OutageLine.OutagePhase> phases(Map<OutagePhase, Duration> phases) {
        return phases.entrySet().stream()
                .map(phase -> new OutageLine.OutagePhase(
                        phase.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-'), seconds(phase.getValue())))
                .toList();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
