package dev.runbook.etcd.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses the text of a unit and its drop-ins (systemd: man systemd.syntax). */
final class SystemdUnitParser {
    private final List<SystemdWord> command = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<SystemdUnit.EnvironmentFileReference> files = new ArrayList<>();

    private SystemdUnitParser() {}

    static SystemdUnit parse(String text) throws ConfigProblem {
        return new SystemdUnitParser().read(text);
    }

    /** A unit with one more drop-in. */
    static SystemdUnit parse(SystemdUnit before, String dropIn) throws ConfigProblem {
        SystemdUnitParser unit = new SystemdUnitParser();
        unit.command.addAll(before.command());
        unit.environment.putAll(before.environment());
        unit.files.addAll(before.environmentFiles());
        return unit.read(dropIn);
    }

    private SystemdUnit read(String text) throws ConfigProblem {
        String section = "";
        for (String line : logicalLines(text)) {
            int equals = line.indexOf('=');
            if (line.startsWith("[")) {
                section = line;
            } else if (section.equals("[Service]") && equals > 0) {
                add(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        if (command.isEmpty()) {
            throw new ConfigProblem("the unit has no ExecStart");
        }
        return new SystemdUnit(command, environment, files);
    }

    /** A program's path without systemd's prefixes (systemd: man systemd.service, "Special executable prefixes"). */
    static String withoutPrefix(String word) {
        int start = 0;
        while (start < word.length() && "-@:+!|".indexOf(word.charAt(start)) >= 0) {
            start++;
        }
        return word.substring(start);
    }

    private void add(String key, String value) throws ConfigProblem {
        switch (key) {
            case "ExecStart" -> {
                if (value.isEmpty()) {
                    command.clear();
                } else if (command.isEmpty()) {
                    for (SystemdWord word : SystemdQuoting.split(value)) {
                        command.add(new SystemdWord(word.raw(), word.value().replace("%%", "%")));
                    }
                } else {
                    throw new ConfigProblem("the unit has several ExecStart lines");
                }
            }
            case "Environment" -> {
                if (value.isEmpty()) {
                    environment.clear();
                } else {
                    environment.putAll(assignments(value));
                }
            }
            case "EnvironmentFile" -> {
                if (value.isEmpty()) {
                    files.clear();
                } else {
                    boolean optional = value.startsWith("-");
                    files.add(new SystemdUnit.EnvironmentFileReference(value.substring(optional ? 1 : 0), optional));
                }
            }
            default -> {}
        }
    }

    /** {@code NAME=value "OTHER=with blanks"}. */
    static Map<String, String> assignments(String line) throws ConfigProblem {
        Map<String, String> assignments = new LinkedHashMap<>();
        for (SystemdWord word : SystemdQuoting.split(line)) {
            int equals = word.value().indexOf('=');
            if (equals > 0) {
                assignments.put(
                        word.value().substring(0, equals),
                        word.value().substring(equals + 1).replace("%%", "%"));
            }
        }
        return assignments;
    }

    /** Joins lines that a backslash continues, and drops comments, also those between continued lines. */
    private static List<String> logicalLines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String physical : text.lines().toList()) {
            String stripped = physical.strip();
            if (stripped.startsWith("#") || stripped.startsWith(";")) {
                continue;
            }
            if (physical.endsWith("\\")) {
                line.append(physical, 0, physical.length() - 1).append(' ');
            } else {
                lines.add(line.append(physical).toString().strip());
                line.setLength(0);
            }
        }
        lines.add(line.toString().strip());
        return lines;
    }
}
