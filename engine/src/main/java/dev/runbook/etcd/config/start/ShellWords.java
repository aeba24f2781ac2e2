package dev.runbook.etcd.config.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the one line for a shell whose meaning is certain: flags that repeat their own variables, and nothing else. */
final class ShellWords {
    private static final Pattern ASSIGNMENT = Pattern.compile("GO[A-Z]+=(\\$?\\$\\(nproc\\)|`nproc`|[A-Za-z0-9.]+)");
    private static final Pattern PROGRAM = Pattern.compile("(/[A-Za-z0-9_./-]*/)?etcd");
    private static final Pattern FLAG = Pattern.compile(
            "--?(?<flag>[a-z][a-z0-9-]*)=(?<quote>\"?)\\$(\\{(?<braced>\\w+)\\}|(?<plain>\\w+))\\k<quote>");

    private ShellWords() {}

    /**
     * Reads the words of a shell's command line.
     *
     * @param words the shell, {@code -c}, then the script: one word, or several where they come from {@code systemctl show},
     *     which prints no quotes
     */
    static Optional<Launch.ShellLine> read(List<String> words) {
        if (words.size() < 3 || !words.get(1).equals("-c")) {
            return Optional.empty();
        }
        var script = new ArrayList<>(
                List.of(String.join(" ", words.subList(2, words.size())).strip().split("\\s+")));
        while (!script.isEmpty()
                && (ASSIGNMENT.matcher(script.getFirst()).matches()
                        || script.getFirst().equals("exec"))) {
            script.removeFirst();
        }
        if (script.isEmpty() || !PROGRAM.matcher(script.getFirst()).matches()) {
            return Optional.empty();
        }
        var flags = new ArrayList<String>();
        for (var word : script.subList(1, script.size())) {
            var flag = FLAG.matcher(word);
            if (!flag.matches()) {
                return Optional.empty();
            }
            var variable = flag.group("braced") == null ? flag.group("plain") : flag.group("braced");
            if (!variable.equals(variable(flag.group("flag")))) {
                return Optional.empty();
            }
            flags.add(flag.group("flag"));
        }
        return Optional.of(new Launch.ShellLine(script.getFirst(), flags));
    }

    private static String variable(String flag) {
        return "ETCD_" + flag.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
