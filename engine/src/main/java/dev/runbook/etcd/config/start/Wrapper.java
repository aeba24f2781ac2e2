package dev.runbook.etcd.config.start;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Programs that start another one with the words after their own options. */
final class Wrapper {
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);

    private Wrapper() {}

    sealed interface Answer {}

    /**
     * The program in it.
     *
     * @param skipped words before it
     * @param environment that it gets
     */
    record Inner(int skipped, Map<String, String> environment) implements Answer {}

    record Unknown(String why) implements Answer {}

    /**
     * The options of a wrapper, as its manual page has them.
     *
     * @param alone options without a value
     * @param valued options whose value is the next word, or follows an equals sign
     * @param positional words between the options and the program
     * @param assignments whether NAME=value may stand before the program
     * @param clears options that empty the environment; {@code *} when it always does, but for {@code keeps}
     */
    private record Syntax(
            Set<String> alone,
            Set<String> valued,
            int positional,
            boolean assignments,
            Set<String> clears,
            Set<String> keeps) {
        static Syntax of(Set<String> alone, Set<String> valued) {
            return new Syntax(alone, valued, 0, false, Set.of(), Set.of());
        }

        Syntax positional(int count) {
            return new Syntax(alone, valued, count, assignments, clears, keeps);
        }
    }

    private static final Map<String, Syntax> WRAPPERS = Map.ofEntries(
            Map.entry(
                    "env",
                    new Syntax(
                            Set.of("-i", "-", "--ignore-environment", "-v", "--debug"),
                            Set.of("-u", "--unset", "-C", "--chdir"),
                            0,
                            true,
                            Set.of("-i", "-", "--ignore-environment"),
                            Set.of())),
            Map.entry(
                    "numactl",
                    Syntax.of(
                            Set.of("-l", "--localalloc", "-a", "--all", "-b", "--balancing"),
                            Set.of(
                                    "-i",
                                    "--interleave",
                                    "-p",
                                    "--preferred",
                                    "-P",
                                    "--preferred-many",
                                    "-N",
                                    "--cpunodebind",
                                    "-m",
                                    "--membind",
                                    "-C",
                                    "--physcpubind",
                                    "-w",
                                    "--weighted-interleave"))),
            Map.entry("nice", Syntax.of(Set.of(), Set.of("-n", "--adjustment"))),
            Map.entry("ionice", Syntax.of(Set.of("-t", "--ignore"), Set.of("-c", "--class", "-n", "--classdata"))),
            Map.entry(
                    "chrt",
                    Syntax.of(
                                    Set.of(
                                            "-b",
                                            "--batch",
                                            "-d",
                                            "--deadline",
                                            "-f",
                                            "--fifo",
                                            "-i",
                                            "--idle",
                                            "-o",
                                            "--other",
                                            "-r",
                                            "--rr",
                                            "-R",
                                            "--reset-on-fork",
                                            "-v",
                                            "--verbose",
                                            "-a",
                                            "--all-tasks"),
                                    Set.of("-T", "--sched-runtime", "-P", "--sched-period", "-D", "--sched-deadline"))
                            .positional(1)),
            Map.entry(
                    "taskset",
                    Syntax.of(Set.of("-c", "--cpu-list", "-a", "--all-tasks"), Set.of())
                            .positional(1)),
            Map.entry(
                    "setpriv",
                    new Syntax(
                            Set.of(
                                    "--nnp",
                                    "--no-new-privs",
                                    "--clear-groups",
                                    "--keep-groups",
                                    "--init-groups",
                                    "--reset-env"),
                            Set.of(
                                    "--ruid",
                                    "--euid",
                                    "--reuid",
                                    "--rgid",
                                    "--egid",
                                    "--regid",
                                    "--groups",
                                    "--inh-caps",
                                    "--ambient-caps",
                                    "--bounding-set",
                                    "--securebits",
                                    "--pdeathsig",
                                    "--selinux-label",
                                    "--apparmor-profile"),
                            0,
                            false,
                            Set.of("--reset-env"),
                            Set.of())),
            Map.entry(
                    "sudo",
                    new Syntax(
                            Set.of("-n", "--non-interactive", "-E", "--preserve-env", "-H", "--set-home", "-S", "-k"),
                            Set.of(
                                    "-u",
                                    "--user",
                                    "-g",
                                    "--group",
                                    "-C",
                                    "-D",
                                    "--chdir",
                                    "-R",
                                    "--chroot",
                                    "-p",
                                    "-r",
                                    "-t"),
                            0,
                            true,
                            Set.of("*"),
                            Set.of("-E", "--preserve-env"))),
            Map.entry(
                    "runuser",
                    Syntax.of(
                            Set.of("-m", "-p", "--preserve-environment"),
                            Set.of("-u", "--user", "-g", "--group", "-G", "--supp-group"))),
            Map.entry(
                    "dumb-init",
                    Syntax.of(Set.of("-c", "--single-child", "-v", "--verbose"), Set.of("-r", "--rewrite"))),
            Map.entry("tini", Syntax.of(Set.of("-s", "-v", "-vv", "-vvv", "-w", "-g"), Set.of("-p", "-e"))),
            Map.entry("nohup", Syntax.of(Set.of(), Set.of())),
            Map.entry("stdbuf", Syntax.of(Set.of(), Set.of("-i", "--input", "-o", "--output", "-e", "--error"))));

    /**
     * Reads the words after a wrapper's name.
     *
     * @param wrapper the last part of its path
     */
    static Answer read(String wrapper, List<String> words, Map<String, String> environment) {
        var syntax = WRAPPERS.get(wrapper.equals("tini-static") ? "tini" : wrapper);
        if (syntax == null) {
            return new Unknown("runs " + (wrapper.isEmpty() ? "no program" : wrapper)
                    + ", which is neither etcd nor a wrapper whose words are known");
        }
        if (wrapper.equals("runuser")
                && words.stream().noneMatch(word -> word.startsWith("-u") || word.startsWith("--user"))) {
            return new Unknown("runs runuser without -u, which starts a shell, so etcd's flags are unknown");
        }
        var inside = new HashMap<>(environment);
        boolean cleared = syntax.clears().contains("*");
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            var word = words.get(at);
            if (word.equals("--")) {
                at++;
                break;
            }
            var option = word.startsWith("--") && word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            if (syntax.valued().contains(option)) {
                boolean joined = !option.equals(word);
                var value =
                        joined ? word.substring(word.indexOf('=') + 1) : at + 1 < words.size() ? words.get(at + 1) : "";
                if (wrapper.equals("env") && (option.equals("-u") || option.equals("--unset"))) {
                    inside.remove(value);
                }
                at += joined ? 1 : 2;
            } else if (syntax.alone().contains(word) || attached(syntax, word)) {
                cleared = (cleared || syntax.clears().contains(word))
                        && !syntax.keeps().contains(word);
                at++;
            } else {
                return new Unknown("runs " + wrapper + " with " + word
                        + ", an option that is not known: which of its words start etcd cannot be told");
            }
        }
        if (cleared) {
            inside.clear();
        }
        at += syntax.positional();
        while (syntax.assignments()
                && at < words.size()
                && ASSIGNMENT.matcher(words.get(at)).matches()) {
            int equals = words.get(at).indexOf('=');
            inside.put(words.get(at).substring(0, equals), words.get(at).substring(equals + 1));
            at++;
        }
        return new Inner(at, Map.copyOf(inside));
    }

    /** {@code -uetcd}, {@code -n10}, and {@code -10} of nice. */
    private static boolean attached(Syntax syntax, String word) {
        return word.length() > 2
                && word.charAt(1) != '-'
                && (syntax.valued().contains(word.substring(0, 2)) || word.matches("-\\d+"));
    }
}
