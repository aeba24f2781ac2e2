package dev.runbook.etcd.config;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Maps the paths of a container to those of its host.
 *
 * @param mounts of the container
 * @param hostPaths of the pod's hostPath volumes, by volume name
 */
record ContainerMounts(List<Mount> mounts, Map<String, String> hostPaths) {
    ContainerMounts {
        mounts = List.copyOf(mounts);
        hostPaths = Map.copyOf(hostPaths);
    }

    /** A volume mounted in the container. */
    record Mount(String volume, String mountPath, String subPath) {
        boolean contains(String path) {
            return path.equals(mountPath) || path.startsWith(withSlash(mountPath));
        }
    }

    /** The innermost mount that contains a path. */
    Optional<Mount> mountOf(String containerPath) {
        String path = withoutSlash(containerPath);
        return mounts.stream()
                .filter(mount -> mount.contains(path))
                .max(Comparator.comparingInt(mount -> mount.mountPath().length()));
    }

    /** Empty when the path is not on the host: in the container's own file system, or in another kind of volume. */
    Optional<String> hostPathOf(String containerPath) {
        return mountOf(containerPath)
                .filter(mount -> hostPaths.containsKey(mount.volume()))
                .map(mount -> {
                    String base = withoutSlash(hostPaths.getOrDefault(mount.volume(), ""));
                    String inside = mount.subPath().isEmpty() ? base : withSlash(base) + mount.subPath();
                    String rest = withoutSlash(containerPath)
                            .substring(mount.mountPath().length());
                    return rest.isEmpty() ? inside : withSlash(inside) + rest.replaceFirst("^/", "");
                });
    }

    static String withSlash(String path) {
        return path.endsWith("/") ? path : path + "/";
    }

    static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
