package dev.runbook.model;

import java.util.Optional;

/** One thing that must be on a host for a component of the control plane to start. */
public sealed interface Need {
    /** Who needs it, such as {@code etcd} or {@code kubelet}. */
    String component();

    /** What is needed, without who needs it. */
    String describe();

    /**
     * A path; symbolic links are followed.
     *
     * @param shape what must stand there
     * @param user who must be able to read it; empty for root
     */
    record AtPath(String component, Shape shape, String path, Optional<String> user) implements Need {
        @Override
        public String describe() {
            return path;
        }
    }

    /**
     * A container image in the kubelet's runtime.
     *
     * @param alwaysPulled whether each start asks its registry, even where the image is there
     */
    record Image(String component, String name, boolean alwaysPulled) implements Need {
        @Override
        public String describe() {
            return "image " + name;
        }
    }

    /** What must stand at a path. */
    enum Shape {
        /** Not a folder, and not empty. */
        FILE,
        /** A plain file, which may be empty. */
        PLAIN_FILE,
        FOLDER,
        /** A folder, or nothing: then the kubelet makes it. */
        FOLDER_OR_NOTHING,
        /** A plain file, or nothing in a folder that is there: then the kubelet makes it. */
        FILE_OR_NOTHING,
        SOCKET,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        /** A plain file that can be executed. */
        PROGRAM
    }
}
