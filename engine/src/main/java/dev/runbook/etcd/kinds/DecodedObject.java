package dev.runbook.etcd.kinds;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object of a built-in kind.
 *
 * @param tree as an API server writes it in JSON, {@code apiVersion} and {@code kind} first; the caller's own
 * @param untold what was stored and is not in the tree, by its place: fields of a newer Kubernetes, values that are no JSON
 */
public record DecodedObject(ObjectNode tree, List<String> untold) {
    public DecodedObject {
        untold = List.copyOf(untold);
    }
}
