package dev.runbook.etcd.objects;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a cluster makes again by itself once the other objects of a namespace are there, or what is over: not to be applied
 * with them. Told all objects first. For one thread.
 */
public final class ControllerOwned {
    /** Whatever made these, what is in them may be nowhere else. */
    private static final Set<String> HOLD_DATA = Set.of("v1 ConfigMap", "v1 Secret", "v1 PersistentVolumeClaim");

    /** UID to that of the controller; empty for none. */
    private final Map<String, String> controllers = new HashMap<>();

    private final Set<String> selectingServices = new HashSet<>();

    /** Tells of an object that is in the namespace; what cannot be read is no owner. */
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
        if (!HOLD_DATA.contains(apiVersion + " " + kind)
                && tree.controllerUid().filter(this::willBeThere).isPresent()) {
            return Optional.of("made by their controllers");
        }
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        return switch (group + " " + kind) {
            case " Event", "events.k8s.io Event" -> Optional.of("of the past");
            case "coordination.k8s.io Lease" -> Optional.of("taken anew by whoever holds them");
            case " Endpoints" ->
                selectingServices.contains(name) ? Optional.of("made by their controllers") : Optional.empty();
            case "discovery.k8s.io EndpointSlice" ->
                label(tree, "endpointslice.kubernetes.io/managed-by").endsWith(".k8s.io")
                        ? Optional.of("made by their controllers")
                        : Optional.empty();
            case " ConfigMap" ->
                name.equals("kube-root-ca.crt") ? Optional.of("made in every namespace") : Optional.empty();
            case " Pod" -> pod(tree);
            case "batch Job" -> finished(tree) ? Optional.of("finished, and would run again") : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Whether an object of the namespace is at the head of this chain: what goes round in a circle, nobody makes again. */
    private boolean willBeThere(String uid) {
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
            return Optional.of("of manifests on a node");
        }
        String phase = tree.fields().path("status").path("phase").asString("");
        return phase.equals("Succeeded") || phase.equals("Failed")
                ? Optional.of("finished, and would run again")
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

    /** What is damaged is written as such later on, and has no say here. */
    private static Optional<ObjectTree> tree(StoredObject object) {
        try {
            return ObjectTree.of(object);
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }
}
