package dev.runbook.facts;

import java.util.List;
import java.util.Optional;

/**
 * The folder whose static pods a kubelet runs.
 *
 * @param manifests of the control plane's own pods
 * @param strangers other files that the kubelet would load: all but those with a leading dot
 */
public record ManifestFolder(String path, List<FileFacts> manifests, List<String> strangers) {
    public ManifestFolder {
        manifests = List.copyOf(manifests);
        strangers = List.copyOf(strangers);
    }

    /** By the pod's name, such as {@code etcd}. */
    public Optional<FileFacts> manifest(String name) {
        return manifests.stream()
                .filter(file -> file.path().equals(path + "/" + name + ".yaml"))
                .findFirst();
    }
}
