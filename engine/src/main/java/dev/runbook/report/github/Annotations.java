package dev.runbook.report.github;

import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.model.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Problems as workflow commands (GitHub: docs.github.com, "Workflow commands for GitHub Actions"; escapes as in its runner,
 * src/Runner.Worker, ActionCommand). GitHub shows ten errors and ten warnings of a step.
 *
 * @param workspace the repository's folder, absolute; paths are relative to it
 * @param current the folder that paths of problems are relative to, absolute
 */
public record Annotations(Path workspace, Path current) {
    /** One command, without a line break. */
    public String of(Problem problem) {
        var properties = new ArrayList<String>();
        if (problem.where() instanceof Problem.Where.InText(var position)) {
            properties.addAll(place(position));
        }
        properties.add("title=" + property(problem.code()));
        var where = switch (problem.where()) {
            case Problem.Where.OnHost(var host, var step) ->
                host + step.map(name -> ", step \"" + name + "\"").orElse("") + ": ";
            case Problem.Where.InText _, Problem.Where.InCall _ -> "";
        };
        var next = problem.next().isEmpty() ? "" : "\n" + problem.next();
        return command(problem.severity(), properties, where + problem.summary() + next);
    }

    /** An error without a place, such as the outcome of a run. */
    public static String error(String title, String text) {
        return command(Severity.ERROR, List.of("title=" + property(title)), text);
    }

    private List<String> place(Position position) {
        var place = new ArrayList<String>();
        file(position.file()).ifPresent(file -> place.add("file=" + property(file)));
        place.add("line=" + position.line());
        place.add("col=" + position.column());
        place.add("endColumn=" + (position.column() + position.length()));
        return place;
    }

    /** Relative to the repository's folder; a text that is no file has no name that GitHub could link. */
    private Optional<String> file(String name) {
        if (name.startsWith("-")) {
            return Optional.empty();
        }
        var file = current.resolve(name).normalize();
        return Optional.of(
                file.startsWith(workspace) ? workspace.relativize(file).toString() : name);
    }

    private static String command(Severity severity, List<String> properties, String message) {
        return "::" + severity.word() + " " + String.join(",", properties) + "::" + data(message);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
