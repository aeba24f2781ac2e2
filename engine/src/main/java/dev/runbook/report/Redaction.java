package dev.runbook.report;

import dev.runbook.facts.FileFacts;
import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunPlan;
import dev.runbook.model.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What of configuration files a reader of plans and events gets to see: not what only looks like configuration. */
public final class Redaction {
    private static final String MASK = "********";
    private static final Pattern CREDENTIALS_IN_URL = Pattern.compile("(://[^/\\s:@]+:)[^@\\s/]+(@)");
    private static final Pattern SECRET_VALUE =
            Pattern.compile("(?i)([\\w.-]*(?:password|passwd|secret|credential)[\\w.-]*\\s*[=:]\\s*)\\S.*");

    private Redaction() {}

    /** One line of a file, with passwords in URLs and values of what is named a secret masked. */
    public static String mask(String line) {
        var masked = CREDENTIALS_IN_URL.matcher(line).replaceAll("$1" + MASK + "$2");
        return SECRET_VALUE.matcher(masked).replaceAll("$1" + MASK);
    }

    /** An action with a hash in the place of a file's content. */
    public static Action withoutContent(Action action) {
        return switch (action) {
            case Action.CreateFile create ->
                new Action.CreateFile(create.path(), hash(create.content()), create.attributes(), create.aside());
            case Action.ReplaceFile replace ->
                new Action.ReplaceFile(
                        replace.path(),
                        hash(replace.content()),
                        replace.attributes(),
                        replace.expectedSha256(),
                        replace.kept());
            case Action other -> other;
        };
    }

    /** An event as other programs may see it; the journal keeps the contents, for it alone can go on with them. */
    public static RunEvent withoutContent(RunEvent event) {
        return switch (event) {
            case RunEvent.StepIntended intended ->
                new RunEvent.StepIntended(
                        intended.at(),
                        intended.step(),
                        intended.name(),
                        intended.type(),
                        withoutContent(intended.actions()));
            case RunEvent.RunPlanned planned ->
                new RunEvent.RunPlanned(
                        planned.at(),
                        new RunPlan(planned.plan().steps().stream()
                                .map(Redaction::withoutContent)
                                .toList()));
            case RunEvent other -> other;
        };
    }

    private static RunPlan.Step withoutContent(RunPlan.Step step) {
        return new RunPlan.Step(
                step.index(),
                step.name(),
                step.type(),
                withoutContent(step.actions()),
                step.commits(),
                step.rollsBack());
    }

    private static Map<String, List<Action>> withoutContent(Map<String, List<Action>> actions) {
        var masked = new LinkedHashMap<String, List<Action>>();
        actions.forEach((host, list) ->
                masked.put(host, list.stream().map(Redaction::withoutContent).toList()));
        return masked;
    }

    private static String hash(String content) {
        return "sha256:" + FileFacts.sha256(content);
    }
}
