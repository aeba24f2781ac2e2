package dev.runbook.report.outage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Text of a predicted and of a measured outage. */
public final class OutageText {
    private OutageText() {}

    /** One sentence for a plan. */
    public static String of(OutageForecast forecast) {
        return "The API will be away for about " + Math.max(1, Math.round(seconds(forecast.length()))) + " s: "
                + forecast.phases().entrySet().stream()
                        .map(phase ->
                                rounded(phase.getValue()) + " " + phase.getKey().text())
                        .collect(Collectors.joining(", "))
                + forecast.earlierRun()
                        .map(run -> ", as in run " + run + " on these hosts.")
                        .orElse(", as measured on other clusters.");
    }

    /** The measured outage by phase, beside the prediction. */
    public static List<String> of(
            Duration length, Map<OutagePhase, Duration> phases, Optional<OutageForecast> forecast) {
        var lines = new ArrayList<String>();
        lines.add("The API was away for " + rounded(length)
                + forecast.map(predicted -> ", predicted were " + rounded(predicted.length()))
                        .orElse("")
                + ":");
        phases.forEach((phase, took) -> lines.add("%9s  %s%s"
                .formatted(
                        rounded(took),
                        phase.text(),
                        forecast.flatMap(predicted ->
                                        Optional.ofNullable(predicted.phases().get(phase)))
                                .map(predicted -> " (" + rounded(predicted) + ")")
                                .orElse(""))));
        return List.copyOf(lines);
    }

    private static String rounded(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", seconds(time));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
