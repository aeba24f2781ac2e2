package dev.runbook.etcd.objects;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A key under which an API server stores an object: {@code /registry/[GROUP/]RESOURCE/[NAMESPACE/]NAME}
 * (kubernetes: pkg/registry, staging/src/k8s.io/apiserver/pkg/registry/generic).
 *
 * @param resource plural, with its group where the key has one: {@code pods}, {@code example.org/widgets}
 * @param namespace empty for cluster-scoped objects
 * @param name the whole key, when it is not the key of an object
 */
public record ObjectKey(String resource, String namespace, String name) {
    /** Resources stored under two words, unlike others of the built-in groups. */
    private static final Set<List<String>> TWO_WORDS =
            Set.of(List.of("services", "specs"), List.of("services", "endpoints"));

    /** Keys of other programs and prefixes have no namespace, and the whole key as name. */
    public static ObjectKey of(String key) {
        if (!key.startsWith("/registry/")) {
            return new ObjectKey("", "", key);
        }
        List<String> words = List.of(key.substring("/registry/".length()).split("/", -1));
        if (words.size() >= 2 && TWO_WORDS.contains(words.subList(0, 2))) {
            String resource = words.get(1).equals("specs") ? "services" : "endpoints";
            return rest(resource, words.subList(2, words.size()), key);
        }
        // A group has a dot, which no resource has.
        int resource = words.getFirst().contains(".") ? 2 : 1;
        if (words.size() <= resource) {
            return new ObjectKey(words.getFirst(), "", key);
        }
        String plural = String.join("/", words.subList(0, resource));
        // Nodes are stored under their name before Kubernetes 1.0.
        return rest(plural.equals("minions") ? "nodes" : plural, words.subList(resource, words.size()), key);
    }

    private static ObjectKey rest(String resource, List<String> rest, String key) {
        return switch (rest.size()) {
            case 1 -> new ObjectKey(resource, "", rest.getFirst());
            case 2 -> new ObjectKey(resource, rest.getFirst(), rest.getLast());
            default -> new ObjectKey(resource, "", key);
        };
    }

    /**
     * Whether it is of a kind as the operator writes it: {@code ConfigMap}, {@code configmaps}, {@code widgets.example.org}.
     *
     * @param kind case-insensitive
     */
    public boolean isKind(String kind) {
        String wanted = kind.toLowerCase(Locale.ROOT);
        String plural = plural();
        String group = resource.length() == plural.length() ? "" : resource.substring(0, resource.indexOf('/'));
        return wanted.equals(plural)
                || wanted.equals(plural + "." + group)
                || plural.equals(wanted + "s")
                || plural.equals(wanted + "es")
                || (wanted.endsWith("y") && plural.equals(wanted.substring(0, wanted.length() - 1) + "ies"));
    }

    /** {@code resource/namespace/name}, as {@code snapshot get} takes it. */
    @Override
    public String toString() {
        return resource + (namespace.isEmpty() ? "" : "/" + namespace) + "/" + name;
    }

    /** The resource without its group. */
    public String plural() {
        return resource.substring(resource.indexOf('/') + 1);
    }
}
