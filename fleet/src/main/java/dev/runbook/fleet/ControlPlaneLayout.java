package dev.runbook.fleet;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Turns bare nodes into a control plane, with external or stacked etcd. */
sealed interface ControlPlaneLayout permits ExternalEtcd, StackedControlPlane {

    /** Builds the node image if it is missing; returns its name. */
    String image(Consumer<String> progress);

    NodeContainer.Privileges privileges();

    /** Adds to each plan what its node needs before it first boots. */
    List<NodePlan> prepare(List<NodePlan> plans, String fleetId);

    /** Starts what does not start at boot. All nodes must answer on SSH first. */
    void start(List<FleetNode> nodes);

    /** Waits until every member is healthy, and every API server where there are any. */
    void awaitHealthy(List<FleetNode> nodes, Duration limit);

    /** Runs etcdctl against the node's own member, with certificates. */
    ExecResult etcdctl(FleetNode node, String... arguments);

    /** Sends a request to the node's own API server, from the node; a status of 400 or higher is a failure. */
    ExecResult api(FleetNode node, String method, String path, String body);

    /** Whether the nodes run API servers too. */
    boolean hasApiServers();

    /** The certificate authority of the members and their clients. */
    CertificateAuthority etcdAuthority();

    /** The certificate authority of the API servers; etcd's if there are none. */
    CertificateAuthority apiAuthority();
}
