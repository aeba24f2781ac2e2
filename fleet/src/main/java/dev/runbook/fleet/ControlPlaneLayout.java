package dev.runbook.fleet;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What makes bare machines a control plane, one way or the other. */
sealed interface ControlPlaneLayout permits ExternalEtcd, StackedControlPlane {

    /** Makes sure of the node image and names it. */
    String image(Consumer<String> progress);

    NodeContainer.Needs needs();

    /** Adds to each plan what its node needs before it first boots. */
    List<NodePlan> prepare(List<NodePlan> plans, String fleetId);

    /** Called once all nodes answer on SSH: starts what does not start by itself. */
    void bringUp(List<FleetNode> nodes);

    /** Waits until every member is healthy, and every API server where there are any. */
    void awaitHealthy(List<FleetNode> nodes, Duration limit);

    /** Runs etcdctl against the node's own member, with certificates. */
    ExecResult etcdctl(FleetNode node, String... arguments);

    /** Sends a request to the node's own API server, from the node, and fails for an answer of 400 and above. */
    ExecResult api(FleetNode node, String method, String path, String body);

    /** Whether the machines run API servers too. */
    boolean hasApiServers();

    /** What a client on this machine needs to speak to the members. */
    Authority etcdAuthority();

    /** The authority of the API servers; the same as etcd's where there are none. */
    Authority apiAuthority();
}
