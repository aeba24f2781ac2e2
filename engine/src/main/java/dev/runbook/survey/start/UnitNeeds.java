package dev.runbook.survey.start;

import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Need;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a systemd unit needs: its own file, its program, its environment files, and the files that its flags name. */
final class UnitNeeds {
    private static final Pattern COMMAND = Pattern.compile("\\{ path=(\\S+) ; argv\\[\\]=(.*?) ; ignore_errors=");
    private static final Pattern FILE = Pattern.compile("(/\\S+) \\(ignore_errors=(yes|no)\\)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)\\}?");
    private static final Pattern ASSIGNMENT = Pattern.compile("\"([A-Za-z_]\\w*)=([^\"]*)\"|([A-Za-z_]\\w*)=(\\S*)");

    private final UnitFacts unit;

    UnitNeeds(UnitFacts unit) {
        this.unit = unit;
    }

    /** Environment files, whether or not the unit starts without them. */
    List<String> environmentFiles() {
        return FILE.matcher(property("EnvironmentFiles"))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /**
     * Adds the needs.
     *
     * @param texts of the environment files that are there, by path
     * @param flags as they are in effect, where they are known; else those of the command line
     */
    void add(Needs needs, Map<String, String> texts, Optional<Map<String, String>> flags) {
        var component = unit.unit().replaceFirst("\\.service$", "");
        var fragment = property("FragmentPath");
        if (fragment.startsWith("/")) {
            // systemd forgets a unit whose file is gone at the next daemon-reload, which a run does.
            needs.path(component, Need.Shape.PLAIN_FILE, fragment, Optional.empty());
        }
        FILE.matcher(property("EnvironmentFiles"))
                .results()
                .filter(found -> found.group(2).equals("no"))
                .forEach(found -> needs.path(component, Need.Shape.PLAIN_FILE, found.group(1), Optional.empty()));
        var command = COMMAND.matcher(property("ExecStart"));
        var words = new ArrayList<String>();
        if (command.find()) {
            needs.path(component, Need.Shape.PROGRAM, command.group(1), Optional.empty());
            var environment = environment(texts);
            for (var word : command.group(2).split("\\s+", -1)) {
                words.addAll(List.of(expanded(word, environment).split("\\s+", -1)));
            }
            // What a wrapper such as nice or numactl starts.
            words.stream()
                    .filter(word -> word.startsWith("/") && word.endsWith("/" + component))
                    .forEach(word -> needs.path(component, Need.Shape.PROGRAM, word, Optional.empty()));
        }
        // A config file replaces all other flags of etcd's, and is not among those in effect.
        var used = new ArrayList<FileFlags.Flag>(FileFlags.parse(words).stream()
                .filter(flag -> flags.isEmpty() || flag.name().equals("config-file"))
                .toList());
        flags.ifPresent(known -> known.forEach((name, value) -> used.add(new FileFlags.Flag(name, value))));
        needs.flags(component, used, user(), Optional::of);
    }

    private Optional<String> user() {
        return Optional.of(property("User")).filter(user -> !user.isBlank() && !user.equals("root"));
    }

    private Map<String, String> environment(Map<String, String> texts) {
        var environment = new HashMap<String, String>();
        assign(environment, property("Environment"));
        environmentFiles()
                .forEach(path -> Optional.ofNullable(texts.get(path))
                        .ifPresent(text -> text.lines()
                                .map(String::strip)
                                .filter(line -> !line.startsWith("#") && !line.startsWith(";") && line.contains("="))
                                .forEach(line -> environment.put(
                                        line.substring(0, line.indexOf('=')).strip(),
                                        line.substring(line.indexOf('=') + 1)
                                                .strip()
                                                .replaceAll("^([\"'])(.*)\\1$", "$2")))));
        return environment;
    }

    private static void assign(Map<String, String> environment, String text) {
        ASSIGNMENT
                .matcher(text)
                .results()
                .forEach(found -> environment.put(
                        found.group(1) == null ? found.group(3) : found.group(1),
                        found.group(1) == null ? found.group(4) : found.group(2)));
    }

    private static String expanded(String word, Map<String, String> environment) {
        return VARIABLE.matcher(word)
                .replaceAll(
                        (MatchResult found) -> Matcher.quoteReplacement(environment.getOrDefault(found.group(1), "")));
    }

    private String property(String name) {
        return unit.properties().getOrDefault(name, "");
    }
}
