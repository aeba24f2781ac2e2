package dev.runbook.etcd.kinds;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object of a built-in kind.
 *
 * @param tree as an API server writes it in JSON, {@code apiVersion} and {@code kind} first; the caller may change it
 * @param undecoded paths of stored fields that are not in the tree: fields of a newer Kubernetes, values that are not JSON
 */
public record DecodedObject(ObjectNode tree, List<String> undecoded) {
    public DecodedObject {
        undecoded = List.copyOf(undecoded);
    }
}
