package dev.runbook.etcd.objects;

import java.io.IOException;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects as {@code kubectl apply} takes them to make them again: without what an API server sets by itself, and what would
 * bind them to things that are gone. docs/operations.md names it all, with the reasons.
 */
public final class ObjectExtraction {
    /** Owners too: one that is made again has another UID, and the garbage collector deletes what an unknown UID owns. */
    private static final Set<String> SERVERS_OWN = Set.of(
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "generation",
            "managedFields",
            "ownerReferences",
            "selfLink",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private static final Set<String> JOB_LABELS =
            Set.of("controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name");

    private ObjectExtraction() {}

    /**
     * A file for an object.
     *
     * @param whole whether it may be applied; else it is what could be read, for a person
     * @param text YAML, Secrets with their values, ending in a line break
     */
    public record Written(boolean whole, String text) {}

    /** An object as a file. One that is damaged, encrypted or of an unknown kind is written with its bytes. */
    public static Written file(StoredObject object, byte[] value) {
        try {
            var tree = ObjectTree.of(object);
            if (tree.isPresent()) {
                strip(tree.get());
                return new Written(
                        tree.get().untold().isEmpty(), ObjectManifest.yaml(tree.get(), ObjectManifest.Secrets.SHOWN));
            }
            return new Written(false, ObjectManifest.yaml(object, value, ObjectManifest.Secrets.SHOWN));
        } catch (IOException damaged) {
            return new Written(
                    false,
                    "# damaged inside: " + String.valueOf(damaged.getMessage()).replaceAll("\\p{Cntrl}", " ") + "\n"
                            + ObjectManifest.raw(value));
        }
    }

    private static void strip(ObjectTree tree) {
        ObjectNode fields = tree.fields();
        fields.remove("status");
        if (fields.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(SERVERS_OWN);
        }
        String type = tree.text("apiVersion") + " " + tree.text("kind");
        switch (type) {
            case "v1 Service" -> service(fields);
            case "v1 PersistentVolumeClaim" ->
                annotations(fields, "pv.kubernetes.io/bind-completed", "pv.kubernetes.io/bound-by-controller");
            case "v1 Pod" -> remove(fields.path("spec"), "nodeName");
            case "v1 Secret" -> token(fields);
            case "batch/v1 Job" -> job(fields);
            default -> {
                // Other kinds have nothing of the kind.
            }
        }
    }

    /** Addresses may have been given to others meanwhile; no address at all (None) is a choice and stays. */
    private static void service(ObjectNode fields) {
        JsonNode spec = fields.path("spec");
        if (!spec.path("clusterIP").asString("").equals("None")) {
            remove(spec, "clusterIP", "clusterIPs");
        }
        remove(spec, "healthCheckNodePort");
    }

    /** A token is of the account with the old UID: without them, the controller makes others. */
    private static void token(ObjectNode fields) {
        if (fields.path("type").asString("").equals("kubernetes.io/service-account-token")) {
            annotations(fields, "kubernetes.io/service-account.uid");
            fields.remove("data");
        }
    }

    /** A selector that was made for a Job names its old UID, and is refused for another. */
    private static void job(ObjectNode fields) {
        JsonNode spec = fields.path("spec");
        if (!spec.path("manualSelector").asBoolean(false)) {
            remove(spec, "selector");
            for (JsonNode labelled : new JsonNode[] {fields, spec.path("template")}) {
                if (labelled.path("metadata").path("labels") instanceof ObjectNode labels) {
                    labels.remove(JOB_LABELS);
                }
            }
        }
    }

    private static void annotations(ObjectNode fields, String... names) {
        remove(fields.path("metadata").path("annotations"), names);
    }

    private static void remove(JsonNode node, String... names) {
        if (node instanceof ObjectNode object) {
            object.remove(Set.of(names));
        }
    }
}
