package dev.runbook.report.sarif;

import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Problems as SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), with the fields that GitHub's code scanning requires. */
public final class SarifReport {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private final Path root;
    private final Path current;
    private final String subject;
    private final RuleLookup rules;
    private final List<String> codes;

    private SarifReport(Path root, Path current, String subject, RuleLookup rules, List<Problem> problems) {
        this.root = root;
        this.current = current;
        this.subject = subject;
        this.rules = rules;
        this.codes =
                List.copyOf(new TreeSet<>(problems.stream().map(Problem::code).toList()));
    }

    /**
     * The document, which ends with a line end.
     *
     * @param version of this program
     * @param root folder that paths in the report are relative to, absolute
     * @param current folder that paths of problems are relative to, absolute
     * @param subject file that a problem without a place is reported for
     */
    public static String of(
            String version, Path root, Path current, String subject, List<Problem> problems, RuleLookup rules) {
        var report = new SarifReport(root, current, subject, rules, problems);
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report.document(version, problems)) + "\n";
    }

    private ObjectNode document(String version, List<Problem> problems) {
        var document = MAPPER.createObjectNode();
        document.put("$schema", SCHEMA);
        document.put("version", "2.1.0");
        var run = document.putArray("runs").addObject();
        var driver = run.putObject("tool").putObject("driver");
        driver.put("name", "runbook");
        driver.put("semanticVersion", version);
        var all = driver.putArray("rules");
        codes.forEach(code -> all.add(rule(code)));
        run.putObject("originalUriBaseIds")
                .putObject("%SRCROOT%")
                .put("uri", root.toUri().toString().replaceFirst("/?$", "/"));
        run.put("columnKind", "utf16CodeUnits");
        var results = run.putArray("results");
        problems.forEach(problem -> results.add(result(problem)));
        return document;
    }

    private ObjectNode rule(String code) {
        var found = rules.find(code);
        var title = found.map(RuleLookup.Rule::title).orElse(code.replace('-', ' '));
        var help = found.map(RuleLookup.Rule::help).orElse(title);
        var rule = MAPPER.createObjectNode().put("id", code);
        rule.putObject("shortDescription").put("text", title);
        rule.putObject("fullDescription").put("text", title);
        rule.putObject("help").put("text", help).put("markdown", help);
        return rule;
    }

    private ObjectNode result(Problem problem) {
        var result = MAPPER.createObjectNode()
                .put("ruleId", problem.code())
                .put("ruleIndex", codes.indexOf(problem.code()))
                .put("level", problem.severity().word());
        result.putObject("message")
                .put("text", problem.summary() + (problem.next().isEmpty() ? "" : " (" + problem.next() + ")"));
        var location = result.putArray("locations").addObject();
        var physical = location.putObject("physicalLocation");
        var position = position(problem);
        physical.putObject("artifactLocation")
                .put("uri", uri(position.map(Position::file).orElse(subject)))
                .put("uriBaseId", "%SRCROOT%");
        position.ifPresent(at -> physical.set("region", region(at)));
        return result;
    }

    private static Optional<Position> position(Problem problem) {
        return problem.where() instanceof Problem.Where.InText(var position)
                        && !position.file().startsWith("-")
                ? Optional.of(position)
                : Optional.empty();
    }

    private static ObjectNode region(Position at) {
        var region = MAPPER.createObjectNode()
                .put("startLine", at.line())
                .put("startColumn", at.column())
                .put("endColumn", at.column() + at.length());
        region.putObject("snippet").put("text", at.lineText());
        return region;
    }

    /** Relative to the root, as code scanning wants it; a file elsewhere keeps its whole path. */
    private String uri(String file) {
        var path = current.resolve(file).normalize();
        try {
            return path.startsWith(root)
                    ? new URI(null, null, root.relativize(path).toString(), null).toASCIIString()
                    : path.toUri().toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no URI of " + path, e);
        }
    }
}
