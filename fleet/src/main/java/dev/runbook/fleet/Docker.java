package dev.runbook.fleet;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.DockerClientFactory;

/** The container engine, for what Testcontainers does not do. */
final class Docker {
    private Docker() {}

    static DockerClient client() {
        // Testcontainers would try to pull the image of its reaper, for minutes if no registry answers; a fleet removes
        // its containers itself.
        if (!"true".equalsIgnoreCase(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            throw new FleetException("a fleet runs without Testcontainers' reaper, whose image may not be available;"
                    + " try TESTCONTAINERS_RYUK_DISABLED=true in the environment");
        }
        try {
            return DockerClientFactory.instance().client();
        } catch (IllegalStateException unreachable) {
            throw new FleetException(
                    "no container engine answers; try fleet/setup as root, or start dockerd", unreachable);
        }
    }

    /** Whether a container engine answers. */
    static boolean answers() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (IllegalStateException unreachable) {
            return false;
        }
    }
}
