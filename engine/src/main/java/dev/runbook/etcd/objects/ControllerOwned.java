package dev.runbook.etcd.objects;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Objects of a namespace that need not be applied, because a controller recreates them, or because they are finished. All
 * objects must be added first. For one thread.
 */
public final class ControllerOwned {
    /** Applied even with an owner, because they may hold the only copy of their data. */
    private static final Set<String> DATA_KINDS = Set.of("v1 ConfigMap", "v1 Secret", "v1 PersistentVolumeClaim");

    /** UID of each object to the UID of its controller; empty for none. */
    private final Map<String, String> controllers = new HashMap<>();

    private final Set<String> selectingServices = new HashSet<>();

    /** Adds an object of the namespace; one that cannot be read is not an owner. */
    public void add(StoredObject object) {
        tree(object).ifPresent(tree -> {
            controllers.put(
                    tree.metadata().path("uid").asString(""),
                    tree.controllerUid().orElse(""));
            if (tree.text("kind").equals("Service")
                    && !tree.fields().path("spec").path("selector").isEmpty()) {
                selectingServices.add(tree.metadata().path("name").asString(""));
            }
        });
    }

    /** Why an object need not be applied; empty when it should be. */
    public Optional<String> reason(StoredObject object) {
        return tree(object).flatMap(this::reason);
    }

    private Optional<String> reason(ObjectTree tree) {
        String kind = tree.text("kind");
        String apiVersion = tree.text("apiVersion");
        String name = tree.metadata().path("name").asString("");
        if (!DATA_KINDS.contains(apiVersion + " " + kind)
                && tree.controllerUid().filter(this::rootIsApplied).isPresent()) {
            return Optional.of("recreated by their controllers");
        }
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        return switch (group + " " + kind) {
            case " Event", "events.k8s.io Event" -> Optional.of("records of the past");
            case "coordination.k8s.io Lease" -> Optional.of("acquired anew by their holders");
            case " Endpoints" ->
                selectingServices.contains(name) ? Optional.of("recreated by their controllers") : Optional.empty();
            case "discovery.k8s.io EndpointSlice" ->
                label(tree, "endpointslice.kubernetes.io/managed-by").endsWith(".k8s.io")
                        ? Optional.of("recreated by their controllers")
                        : Optional.empty();
            case " ConfigMap" ->
                name.equals("kube-root-ca.crt") ? Optional.of("recreated in every namespace") : Optional.empty();
            case " Pod" -> pod(tree);
            case "batch Job" -> finished(tree) ? Optional.of("finished, so they would run again") : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Whether a chain of owners ends at an object of the namespace: no controller recreates the objects of a cycle. */
    private boolean rootIsApplied(String uid) {
        Set<String> passed = new HashSet<>();
        String at = uid;
        while (controllers.containsKey(at) && passed.add(at)) {
            String next = controllers.getOrDefault(at, "");
            if (!controllers.containsKey(next)) {
                return true;
            }
            at = next;
        }
        return false;
    }

    private static Optional<String> pod(ObjectTree tree) {
        if (tree.metadata().path("annotations").has("kubernetes.io/config.mirror")) {
            return Optional.of("created from manifests on a node");
        }
        String phase = tree.fields().path("status").path("phase").asString("");
        return phase.equals("Succeeded") || phase.equals("Failed")
                ? Optional.of("finished, so they would run again")
                : Optional.empty();
    }

    private static boolean finished(ObjectTree job) {
        for (JsonNode condition : job.fields().path("status").path("conditions")) {
            String type = condition.path("type").asString("");
            if (condition.path("status").asString("").equals("True")
                    && (type.equals("Complete") || type.equals("Failed"))) {
                return true;
            }
        }
        return false;
    }

    private static String label(ObjectTree tree, String name) {
        return tree.metadata().path("labels").path(name).asString("");
    }

    /** Empty for a damaged object, which is later written as damaged. */
    private static Optional<ObjectTree> tree(StoredObject object) {
        try {
            return ObjectTree.of(object);
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }
}
