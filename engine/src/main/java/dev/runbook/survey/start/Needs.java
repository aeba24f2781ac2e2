package dev.runbook.survey.start;

import dev.runbook.model.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;

/** What is needed, collected; the same thing that several components need is listed for each. */
final class Needs {
    private final SequencedSet<Need> all = new LinkedHashSet<>();
    /** Keys, each with the certificate that it must belong to. */
    private final SequencedMap<Need, String> keys = new LinkedHashMap<>();
    /** Kubeconfigs, which name more files, with what maps a component's paths to the host's. */
    private final List<Kubeconfig> kubeconfigs = new ArrayList<>();

    /**
     * A file that names more files.
     *
     * @param onHost the host's path of a path that it has; empty where it is not on the host
     */
    record Kubeconfig(
            String component, String path, Optional<String> user, Function<String, Optional<String>> onHost) {}

    void add(Need need) {
        all.add(need);
    }

    void path(String component, Need.Shape kind, String path, Optional<String> user) {
        all.add(new Need.AtPath(component, kind, path, user));
    }

    void key(String component, String path, Optional<String> user, String certificate) {
        var need = new Need.AtPath(component, Need.Shape.FILE, path, user);
        all.add(need);
        keys.put(need, certificate);
    }

    /** Adds every file that flags name, and their keys with their certificates. */
    void flags(
            String component,
            List<FileFlags.Flag> flags,
            Optional<String> user,
            Function<String, Optional<String>> onHost) {
        for (var flag : flags) {
            if (FileFlags.namesFile(flag)) {
                onHost.apply(flag.value()).ifPresent(path -> {
                    path(component, Need.Shape.FILE, path, user);
                    if (flag.name().endsWith("kubeconfig")) {
                        kubeconfigs.add(new Kubeconfig(component, path, user, onHost));
                    }
                });
            }
        }
        FileFlags.pairs(flags)
                .forEach((certificate, key) -> onHost.apply(certificate)
                        .ifPresent(path -> onHost.apply(key).ifPresent(found -> key(component, found, user, path))));
    }

    List<Need> all() {
        return List.copyOf(all);
    }

    Map<Need, String> keys() {
        return keys;
    }

    /** The certificate that a key must belong to. */
    String certificate(Need key) {
        return Objects.requireNonNull(keys.get(key), "a key has a certificate");
    }

    List<Kubeconfig> kubeconfigs() {
        return List.copyOf(kubeconfigs);
    }
}
