package dev.runbook.etcd.objects;

import java.io.IOException;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Extracts objects for {@code kubectl apply}, which recreates them: without the fields that an API server sets itself, and
 * without references to objects that no longer exist. docs/operations.md lists the fields, with the reasons.
 */
public final class ObjectExtraction {
    /** Owners too, because a recreated owner has another UID, and the garbage collector deletes objects of an unknown owner. */
    private static final Set<String> SET_BY_SERVER = Set.of(
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
     * The file of an object.
     *
     * @param complete whether it may be applied; otherwise it has only what could be read, for the operator
     * @param yaml with the values of Secrets, ending in a line break
     */
    public record ExtractedFile(boolean complete, String yaml) {}

    /** Extracts an object. One that is damaged, encrypted or of an unknown kind is written with its bytes. */
    public static ExtractedFile extract(StoredObject object, byte[] value) {
        try {
            var tree = ObjectTree.of(object);
            if (tree.isPresent()) {
                strip(tree.get());
                return new ExtractedFile(
                        tree.get().undecoded().isEmpty(),
                        ObjectManifest.yaml(tree.get(), ObjectManifest.Secrets.SHOWN));
            }
            return new ExtractedFile(false, ObjectManifest.yaml(object, value, ObjectManifest.Secrets.SHOWN));
        } catch (IOException damaged) {
            return new ExtractedFile(
                    false,
                    "# damaged: " + String.valueOf(damaged.getMessage()).replaceAll("\\p{Cntrl}", " ") + "\n"
                            + ObjectManifest.raw(value));
        }
    }

    private static void strip(ObjectTree tree) {
        ObjectNode fields = tree.fields();
        fields.remove("status");
        if (fields.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(SET_BY_SERVER);
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
                // Other kinds have no such fields.
            }
        }
    }

    /** Another Service may have the address by now; a headless Service (None) stays headless. */
    private static void service(ObjectNode fields) {
        JsonNode spec = fields.path("spec");
        if (!spec.path("clusterIP").asString("").equals("None")) {
            remove(spec, "clusterIP", "clusterIPs");
        }
        remove(spec, "healthCheckNodePort");
    }

    /** A token belongs to the account with the old UID; without the token, the controller creates another. */
    private static void token(ObjectNode fields) {
        if (fields.path("type").asString("").equals("kubernetes.io/service-account-token")) {
            annotations(fields, "kubernetes.io/service-account.uid");
            fields.remove("data");
        }
    }

    /** A generated selector of a Job names its old UID, and the API server rejects it for another. */
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
