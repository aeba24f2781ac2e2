package dev.runbook.survey.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which flags of etcd, the API server and its companions name files that they read at their start. */
final class FileFlags {
    private static final Pattern READ =
            Pattern.compile("(.*-)?(file|cafile|certfile|keyfile|cert|key|certificate|kubeconfig|config)");

    /** Files that are written, or that need not be there. */
    private static final Set<String> NOT_READ =
            Set.of("bootstrap-kubeconfig", "log-file", "lock-file", "pid-file", "audit-log-file");

    /** Certificate flags with the flag of their key. */
    private static final Map<String, String> KEYS = Map.of(
            "cert-file", "key-file",
            "peer-cert-file", "peer-key-file",
            "client-cert-file", "client-key-file",
            "peer-client-cert-file", "peer-client-key-file",
            "tls-cert-file", "tls-private-key-file",
            "etcd-certfile", "etcd-keyfile",
            "kubelet-client-certificate", "kubelet-client-key",
            "proxy-client-cert-file", "proxy-client-key-file",
            "cluster-signing-cert-file", "cluster-signing-key-file");

    private FileFlags() {}

    /** A flag with its value. */
    record Flag(String name, String value) {}

    /** Flags of a command line, each use of one, without dashes. */
    static List<Flag> parse(List<String> words) {
        var flags = new ArrayList<Flag>();
        for (int index = 0; index < words.size(); index++) {
            var word = words.get(index);
            if (!word.startsWith("-")) {
                continue;
            }
            var name = word.replaceFirst("^--?", "");
            int equals = name.indexOf('=');
            if (equals >= 0) {
                flags.add(new Flag(name.substring(0, equals), name.substring(equals + 1)));
            } else if (index + 1 < words.size() && !words.get(index + 1).startsWith("-")) {
                flags.add(new Flag(name, words.get(index + 1)));
            }
        }
        return flags;
    }

    /** Whether the component reads a file that this flag names, by an absolute path. */
    static boolean namesFile(Flag flag) {
        return flag.value().startsWith("/") && READ.matcher(flag.name()).matches() && !NOT_READ.contains(flag.name());
    }

    /** Paths of certificates, each with that of its key. */
    static Map<String, String> pairs(List<Flag> flags) {
        var pairs = new java.util.LinkedHashMap<String, String>();
        KEYS.forEach((certificate, key) -> flags.stream()
                .filter(flag -> flag.name().equals(certificate))
                .forEach(flag -> flags.stream()
                        .filter(other -> other.name().equals(key))
                        .reduce((first, last) -> last)
                        .ifPresent(other -> pairs.put(flag.value(), other.value()))));
        return pairs;
    }
}
