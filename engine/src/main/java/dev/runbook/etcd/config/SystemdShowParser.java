package dev.runbook.etcd.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the output of {@code systemctl show}. */
final class SystemdShowParser {
    private static final Pattern EXEC_START =
            Pattern.compile("\\{ path=(?<path>.*?) ; argv\\[\\]=(?<argv>.*?) ; (flags|ignore_errors)=.*");
    private static final Pattern ENVIRONMENT_FILE =
            Pattern.compile("(?<path>.*) \\(ignore_errors=(?<ignore>yes|no)\\)");

    private SystemdShowParser() {}

    static SystemdUnit parse(String output) throws ConfigProblem {
        List<SystemdWord> command = new ArrayList<>();
        Map<String, String> environment = new LinkedHashMap<>();
        List<SystemdUnit.EnvironmentFileReference> files = new ArrayList<>();
        for (String line : output.lines().toList()) {
            int equals = line.indexOf('=');
            String value = line.substring(equals + 1);
            switch (line.substring(0, Math.max(equals, 0))) {
                case "ExecStart" -> {
                    if (!command.isEmpty()) {
                        throw new ConfigProblem("the unit has several ExecStart lines");
                    }
                    command.addAll(command(value));
                }
                case "Environment" -> environment.putAll(SystemdUnitParser.assignments(value));
                case "EnvironmentFiles" -> {
                    Matcher file = ENVIRONMENT_FILE.matcher(value);
                    if (file.matches()) {
                        files.add(new SystemdUnit.EnvironmentFileReference(
                                file.group("path"), file.group("ignore").equals("yes")));
                    }
                }
                default -> {}
            }
        }
        if (command.isEmpty()) {
            throw new ConfigProblem("systemctl show has no ExecStart: the unit does not exist, or starts no program");
        }
        return new SystemdUnit(command, environment, files);
    }

    /** {@code systemctl show} does not replace variables. */
    private static String raw(String argument) {
        return argument.matches("[A-Za-z0-9_./:=,@+~\\[\\]${}-]+")
                ? argument
                : SystemdQuoting.quote(argument).replace("$$", "$");
    }

    /** The arguments are joined with blanks and not quoted. */
    private static List<SystemdWord> command(String value) throws ConfigProblem {
        Matcher matcher = EXEC_START.matcher(value);
        if (!matcher.matches()) {
            throw new ConfigProblem("ExecStart of systemctl show cannot be parsed: " + value);
        }
        List<SystemdWord> words = new ArrayList<>();
        for (String argument : matcher.group("argv").strip().split("\\s+", -1)) {
            words.add(new SystemdWord(raw(argument), argument));
        }
        words.set(0, new SystemdWord(SystemdQuoting.quote(matcher.group("path")), matcher.group("path")));
        return words;
    }
}
