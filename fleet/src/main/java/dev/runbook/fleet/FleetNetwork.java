package dev.runbook.fleet;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Network.Ipam;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The network of a fleet, with addresses that a node keeps when it is stopped and started. */
record FleetNetwork(String id, String prefix) {
    private static final int TRIES = 30;

    static FleetNetwork create(String name, Map<String, String> labels) {
        for (int attempt = 1; ; attempt++) {
            // Random ranges, until the container engine accepts one that overlaps no other.
            String prefix = "10.213." + ThreadLocalRandom.current().nextInt(256) + ".";
            try {
                String id = Docker.client()
                        .createNetworkCmd()
                        .withName(name)
                        .withLabels(labels)
                        .withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(prefix + "0/24")))
                        .exec()
                        .getId();
                return new FleetNetwork(id, prefix);
            } catch (DockerException taken) {
                boolean overlaps = String.valueOf(taken.getMessage()).contains("overlap");
                if (!overlaps || attempt == TRIES) {
                    throw new FleetException("cannot create a network for the fleet: " + taken.getMessage(), taken);
                }
            }
        }
    }

    /** The address of the node with this index; .1 is the container engine's. */
    String address(int index) {
        return prefix + (11 + index);
    }
}
