package dev.runbook.load.inventory;

import dev.runbook.load.inventory.IniWords.Word;
import dev.runbook.model.DidYouMean;
import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.yaml.LineText;
import dev.runbook.yaml.YamlValue;
import dev.runbook.yaml.YamlValue.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Adds an inventory in Ansible's INI format to a draft. Follows Ansible's own reader (lib/ansible/plugins/inventory/ini.py),
 * but reports every line with a problem.
 */
final class IniInventory {
    private static final Pattern SECTION = Pattern.compile("\\[([^:\\]\\s]+)(?::(\\w+))?]\\s*(?:#.*)?");
    private static final Pattern GROUP_NAME = Pattern.compile("([^:\\]\\s]+)\\s*(?:#.*)?");

    /** A name in brackets with its port after them, as addresses with colons are written. */
    private static final Pattern BRACKETED = Pattern.compile("\\[(.+)]:(\\d{1,5})");

    private static final Pattern WITH_PORT = Pattern.compile("((?:[^:\\[\\]]|\\[[^]]*])+):(\\d{1,5})");
    private static final List<String> KINDS = List.of("children", "hosts", "vars");

    private enum State {
        HOSTS,
        CHILDREN,
        VARS,
        /** After an invalid header, so the meaning of the lines is unknown. */
        UNKNOWN
    }

    private final InventoryDraft draft;
    private final LineText text;
    private final Consumer<Problem> problems;
    private final Map<String, Position> varsSections = new LinkedHashMap<>();
    private final Map<String, Position> children = new LinkedHashMap<>();
    private String group = InventoryDraft.UNGROUPED;
    private State state = State.HOSTS;

    IniInventory(InventoryDraft draft, LineText text, Consumer<Problem> problems) {
        this.draft = draft;
        this.text = text;
        this.problems = problems;
    }

    void read() {
        for (var number = 0; number < text.lineCount(); number++) {
            var line = text.line(number);
            var stripped = line.strip();
            if (!stripped.isEmpty() && ";#".indexOf(stripped.charAt(0)) < 0) {
                read(number, line.indexOf(stripped), stripped);
            }
        }
        children.forEach((name, place) -> requireDefined(name, place, "no section defines the group " + name));
        varsSections.forEach((name, place) ->
                requireDefined(name, place, "the group " + name + " has variables, but no section defines it"));
    }

    private void read(int number, int column, String line) {
        var section = SECTION.matcher(line);
        if (section.matches()) {
            open(section.group(1), Optional.ofNullable(section.group(2)), text.position(number, column, line.length()));
            return;
        }
        if (line.startsWith("[") && !isHost(line)) {
            problems.accept(Problem.at(
                    text.position(number, column, line.length()),
                    "ini-section",
                    "this is not a section header",
                    "write [group], [group:children] or [group:vars], without spaces; a comment after it"
                            + " begins with #"));
            state = State.UNKNOWN;
            return;
        }
        switch (state) {
            case HOSTS -> host(number, column, line);
            case CHILDREN -> child(number, column, line);
            case VARS -> variable(number, column, line);
            case UNKNOWN -> {}
        }
    }

    private static boolean isHost(String line) {
        var name = line.split("\\s", 2)[0];
        return BRACKETED.matcher(name).matches() || name.matches("\\[\\w+:\\w+(?::\\d+)?].+");
    }

    private void open(String name, Optional<String> kind, Position place) {
        group = name;
        state = switch (kind.orElse("hosts")) {
            case "hosts" -> State.HOSTS;
            case "children" -> State.CHILDREN;
            case "vars" -> State.VARS;
            default -> {
                problems.accept(Problem.at(
                        place,
                        "ini-section",
                        "a section has hosts, children or vars, not " + kind.orElseThrow(),
                        DidYouMean.hint(kind.orElseThrow(), KINDS)));
                yield State.UNKNOWN;
            }
        };
        if (state == State.VARS) {
            varsSections.putIfAbsent(name, place);
        }
        var opened = draft.group(name);
        // [group:vars] does not define the group.
        opened.defined |= state != State.VARS;
    }

    private void host(int number, int column, String line) {
        var split = IniWords.split(line);
        if (!split.problem().isEmpty()) {
            problems.accept(Problem.at(
                    text.position(number, column, line.length()),
                    "ini-host",
                    split.problem(),
                    "close it, or quote the value"));
            return;
        }
        if (split.gluedComment() >= 0) {
            problems.accept(Problem.at(
                            text.position(number, column + split.gluedComment(), line.length() - split.gluedComment()),
                            "ini-comment",
                            "a comment begins here, in the middle of a word, as Ansible reads it",
                            "quote the value if the # belongs to it, else put a space before it")
                    .asWarning());
        }
        var words = split.words();
        Map<String, YamlValue> vars = new LinkedHashMap<>();
        for (var word : words.subList(1, words.size())) {
            var equals = word.text().indexOf('=');
            var place = text.position(number, column + word.start(), word.end() - word.start());
            if (equals < 1) {
                problems.accept(Problem.at(
                        place,
                        "ini-host",
                        "a host may only be followed by variables as name=value",
                        "quote a value that has spaces"));
            } else {
                vars.put(word.text().substring(0, equals), value(word.text().substring(equals + 1), place));
            }
        }
        add(words.getFirst(), vars, number, column);
    }

    private void add(Word written, Map<String, YamlValue> vars, int number, int column) {
        var place = text.position(number, column + written.start(), written.end() - written.start());
        var bracketed = BRACKETED.matcher(written.text());
        var withPort = WITH_PORT.matcher(written.text());
        var name = written.text();
        if (bracketed.matches()) {
            name = bracketed.group(1);
            vars.putIfAbsent("ansible_port", text.scalar(place, bracketed.group(2), Kind.INT));
        } else if (withPort.matches()) {
            name = withPort.group(1);
            vars.putIfAbsent("ansible_port", text.scalar(place, withPort.group(2), Kind.INT));
        }
        if (name.equals("---") || name.endsWith(":")) {
            problems.accept(Problem.at(
                    place,
                    "ini-host",
                    "this is YAML in an inventory in INI format",
                    "give the file the extension .yml, or remove the colon"));
            return;
        }
        try {
            for (var host : HostRange.expand(name)) {
                draft.addHost(group, host);
                draft.hostVars(host).putAll(vars);
            }
        } catch (IllegalArgumentException range) {
            problems.accept(Problem.at(
                    place, "host-range", String.valueOf(range.getMessage()), "write a range as [1:3] or [a:c]"));
        }
    }

    private void child(int number, int column, String line) {
        var name = GROUP_NAME.matcher(line);
        if (!name.matches()) {
            problems.accept(Problem.at(
                    text.position(number, column, line.length()),
                    "ini-group",
                    "a group's name is expected here",
                    "write one name a line; hosts belong below [" + group + "]"));
            return;
        }
        var place = text.position(number, column, name.group(1).length());
        children.putIfAbsent(name.group(1), place);
        draft.group(name.group(1));
        draft.group(group).children.putIfAbsent(name.group(1), place);
    }

    private void variable(int number, int column, String line) {
        var equals = line.indexOf('=');
        if (equals < 1) {
            problems.accept(Problem.at(
                    text.position(number, column, line.length()),
                    "ini-variable",
                    "a variable is written as name=value",
                    "one a line"));
            return;
        }
        var written = line.substring(equals + 1).strip();
        var start = equals + 1 + line.substring(equals + 1).indexOf(written);
        var value = value(written, text.position(number, column + start, Math.max(1, written.length())));
        if (value instanceof YamlValue.Scalar scalar && scalar.text().equals(written) && written.matches(".*\\s#.*")) {
            problems.accept(Problem.at(
                            text.position(
                                    number,
                                    column + start + written.indexOf('#'),
                                    written.length() - written.indexOf('#')),
                            "ini-comment",
                            "this is part of the value, as Ansible reads it",
                            "put the comment on a line of its own, or quote the value before it")
                    .asWarning());
        }
        draft.group(group).vars.put(line.substring(0, equals).strip(), value);
    }

    private YamlValue value(String written, Position place) {
        return PythonLiteral.parse(written, (content, kind) -> text.scalar(place, content, kind));
    }

    private void requireDefined(String name, Position place, String summary) {
        var unfinished = draft.group(name);
        if (unfinished.defined) {
            return;
        }
        var known = draft.groups.entrySet().stream()
                .filter(entry -> entry.getValue().defined)
                .map(Map.Entry::getKey)
                .toList();
        problems.accept(Problem.at(
                place,
                "unknown-group",
                summary,
                DidYouMean.nearest(name, known)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse("add a section [" + name + "]")));
        // Defined here, so that it is not reported again.
        unfinished.defined = true;
    }
}
