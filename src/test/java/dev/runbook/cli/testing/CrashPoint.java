package dev.runbook.cli.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A record of the journal, after which the program is killed.
 *
 * @param number from 1
 * @param kind such as {@code step-began}
 * @param step from 1; 0 for records of the run as a whole
 */
public record CrashPoint(int number, String kind, int step) {
    private static final Pattern KIND = Pattern.compile("\\{\"type\":\"([a-z-]+)\",\"version\":\\d+,\"at\":");
    private static final Pattern STEP = Pattern.compile("\"step\":(\\d+)");

    /** All records of a run that was printed with {@code --json}, except its end. */
    public static List<CrashPoint> of(String stdout) {
        var points = new ArrayList<CrashPoint>();
        for (var line : stdout.lines().toList()) {
            var kind = KIND.matcher(line);
            if (kind.find()) {
                var step = STEP.matcher(line);
                points.add(new CrashPoint(
                        points.size() + 1, kind.group(1), step.find() ? Integer.parseInt(step.group(1)) : 0));
            }
        }
        if (points.isEmpty()) {
            throw new IllegalArgumentException("no record of a journal in: " + stdout);
        }
        return points.subList(0, points.size() - 1);
    }

    /** The first and the last of each kind in each step. */
    public static List<CrashPoint> ofEachKindAndStep(List<CrashPoint> all) {
        var first = new LinkedHashMap<String, CrashPoint>();
        var last = new LinkedHashMap<String, CrashPoint>();
        for (var point : all) {
            first.putIfAbsent(point.kind() + point.step(), point);
            last.put(point.kind() + point.step(), point);
        }
        return all.stream()
                .filter(point -> first.containsValue(point) || last.containsValue(point))
                .toList();
    }

    /** A sample of this size, spread over all points. */
    public static List<CrashPoint> sample(List<CrashPoint> points, int size) {
        var sample = new ArrayList<CrashPoint>();
        for (int index = 0; index < Math.min(size, points.size()); index++) {
            sample.add(points.get((int) ((index + 0.5) * points.size() / Math.min(size, points.size()))));
        }
        return sample;
    }

    /**
     * The points that a system property selects: {@code all} of each kind and step, {@code every} record, or a number of
     * them; by default the usual sample.
     */
    public static List<CrashPoint> wanted(List<CrashPoint> all, String property, int usual) {
        var wanted = Optional.ofNullable(System.getProperty(property)).orElse(Integer.toString(usual));
        return switch (wanted) {
            case "every" -> all;
            case "all" -> ofEachKindAndStep(all);
            default -> sample(ofEachKindAndStep(all), Integer.parseInt(wanted));
        };
    }

    public boolean isAfterCommit(List<CrashPoint> all) {
        return all.stream().anyMatch(point -> point.kind().equals("committed") && point.number() <= number);
    }

    /** Nodes store nothing before the plan, so no other controller can take the run over earlier, nor needs to. */
    public boolean isAfterPlan() {
        return number > 2;
    }

    @Override
    public String toString() {
        return "record " + number + ", " + kind + (step == 0 ? "" : " of step " + step);
    }
}
