package dev.runbook.steps.shared;

import dev.runbook.facts.HostFacts;
import java.util.List;

/** The components of a control plane, in the order in which they start. */
public final class ControlPlaneComponent {
    public static final String ETCD = "etcd";
    public static final String API_SERVER = "kube-apiserver";
    public static final List<String> API_PARTS = List.of(API_SERVER, "kube-controller-manager", "kube-scheduler");
    public static final String KUBELET_UNIT = "kubelet.service";

    private ControlPlaneComponent() {}

    public static String unit(String part) {
        return part + ".service";
    }

    /** The components that a host runs as static pods. */
    public static List<String> podsOf(HostFacts facts) {
        return API_PARTS.stream()
                .filter(part -> facts.manifest(part).isPresent())
                .toList();
    }

    /** The components that a host has as systemd units. */
    public static List<String> unitsOf(HostFacts facts) {
        return API_PARTS.stream()
                .filter(part -> facts.units().containsKey(unit(part)))
                .toList();
    }
}
