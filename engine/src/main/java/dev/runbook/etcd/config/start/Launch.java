package dev.runbook.etcd.config.start;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a command line with etcd's flags really starts. */
public sealed interface Launch {
    /**
     * etcd itself, perhaps behind wrappers such as {@code env} or {@code numactl}, which are seen through.
     *
     * @param program index of etcd's own word
     * @param environment as it reaches etcd
     */
    record Etcd(int program, Map<String, String> environment) implements Launch {
        public Etcd {
            environment = Map.copyOf(environment);
        }
    }

    /**
     * The one shell line that is read: {@code bash -c "GOMAXPROCS=$(nproc) etcd --name=\"${ETCD_NAME}\""}, as the packages of
     * CentOS and RHEL have it. Every flag in it repeats the variable of the same name.
     *
     * @param program path of etcd
     * @param flags those in the line, without dashes
     */
    record ShellLine(String program, List<String> flags) implements Launch {
        public ShellLine {
            flags = List.copyOf(flags);
        }
    }

    /** A shell with another script, which is not read. */
    record Shell(String program) implements Launch {}

    /**
     * Anything else: its words cannot be told.
     *
     * @param why with the program, a sentence's predicate such as {@code runs docker, ...}
     */
    record Other(String why) implements Launch {}

    /**
     * Finds etcd in a command line.
     *
     * @param words the program's path, then its arguments; variables are replaced already
     * @param environment of the program
     */
    static Launch of(List<String> words, Map<String, String> environment) {
        return Programs.find(words, environment);
    }

    /** The last part of a path. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Which programs are which. */
    final class Programs {
        private static final Pattern ETCD = Pattern.compile("etcd([-._]?v?[0-9][0-9A-Za-z.+_-]*)?");
        private static final Set<String> SHELLS =
                Set.of("sh", "bash", "ash", "dash", "zsh", "ksh", "mksh", "busybox", "csh", "tcsh", "fish");
        private static final Set<String> CONTAINER_RUNTIMES = Set.of(
                "docker",
                "podman",
                "nerdctl",
                "ctr",
                "crictl",
                "rkt",
                "runc",
                "crun",
                "systemd-nspawn",
                "machinectl",
                "lxc-start",
                "lxc-execute",
                "apptainer",
                "singularity",
                "docker-compose",
                "podman-compose");

        private Programs() {}

        private static Launch find(List<String> words, Map<String, String> environment) {
            int at = 0;
            var seen = environment;
            while (at < words.size()) {
                var program = name(words.get(at));
                if (ETCD.matcher(program).matches()) {
                    return new Etcd(at, seen);
                }
                if (CONTAINER_RUNTIMES.contains(program)) {
                    return new Other("runs " + program
                            + ", a container runtime: which of its words are etcd's flags, and which folders of this"
                            + " host the container has, cannot be told");
                }
                if (SHELLS.contains(program)) {
                    return ShellWords.read(words.subList(at, words.size()))
                            .<Launch>map(line -> line)
                            .orElse(new Shell(program));
                }
                switch (Wrapper.read(program, words.subList(at + 1, words.size()), seen)) {
                    case Wrapper.Inner(int skipped, Map<String, String> inside) -> {
                        at += 1 + skipped;
                        seen = inside;
                    }
                    case Wrapper.Unknown(String why) -> {
                        return new Other(why);
                    }
                }
            }
            return new Other("names no program after its wrappers");
        }
    }
}
