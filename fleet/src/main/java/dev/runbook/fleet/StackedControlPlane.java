package dev.runbook.fleet;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Everything as static pods of a real kubelet, as kubeadm lays it out. */
record StackedControlPlane(Authority etcdAuthority, Authority apiAuthority) implements ControlPlane {
    @Override
    public String image(Consumer<String> progress) {
        return FleetImages.ensureStacked(progress);
    }

    @Override
    public NodeContainer.Needs needs() {
        return NodeContainer.Needs.NESTED_CONTAINERS;
    }

    @Override
    public List<NodePlan> prepare(List<NodePlan> plans, String fleetId) {
        return plans;
    }

    @Override
    public void bringUp(List<FleetNode> nodes) {}

    @Override
    public void awaitHealthy(List<FleetNode> nodes, Duration limit) {}

    @Override
    public ExecResult etcdctl(FleetNode node, String... arguments) {
        return node.exec("false");
    }

    @Override
    public String apiServerGroup() {
        return "kube_control_plane";
    }
}
