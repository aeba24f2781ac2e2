package dev.runbook.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a node says to a {@link Query}. */
public sealed interface Answer {
    /**
     * Who we are there.
     *
     * @param clock the node's, read while the query ran
     */
    record Identity(String user, int uid, String hostname, Instant clock) implements Answer {}

    /**
     * One path as it stands.
     *
     * @param kind what stands there
     * @param size in bytes
     * @param modified in whole seconds and nanoseconds
     * @param mountPoint whether a file system is mounted on it
     * @param device number of the file system that it lies on
     * @param label SELinux label, empty where there is none
     */
    record PathInfo(
            Kind kind,
            Attributes attributes,
            long size,
            Instant modified,
            boolean mountPoint,
            long device,
            Optional<String> label)
            implements Answer {}

    /** What a path can be. */
    enum Kind {
        FILE,
        FOLDER,
        LINK,
        OTHER
    }

    record Text(String text) implements Answer {}

    record Names(List<String> names) implements Answer {
        public Names {
            names = List.copyOf(names);
        }
    }

    record Bytes(long count) implements Answer {}

    record Properties(Map<String, String> values) implements Answer {
        public Properties {
            values = Map.copyOf(values);
        }
    }

    record Tool(String path, String version) implements Answer {}

    record Containers(List<Container> containers) implements Answer {
        public Containers {
            containers = List.copyOf(containers);
        }
    }

    /**
     * One running container.
     *
     * @param name in its pod, such as {@code etcd}
     * @param pod the pod's name
     * @param image as its manifest names it
     */
    record Container(String id, String name, String pod, String image) {}

    /**
     * What is wrong with a {@link Need}.
     *
     * @param why empty when it is as it must be
     */
    record Lack(Optional<String> why) implements Answer {}

    /** There is no such thing on this node. */
    record Missing() implements Answer {}

    /** The node could not answer; why is said in one line. */
    record Refused(String why) implements Answer {}
}
