package dev.runbook.fleet;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

    /** Runs a program in a container; throws when it does not end within the limit. */
    static ExecResult exec(String containerId, Duration limit, String... command) {
        String id = client().execCreateCmd(containerId)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withCmd(command)
                .exec()
                .getId();
        Output output = new Output();
        try {
            if (!client().execStartCmd(id).exec(output).awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new FleetException(
                        "not ended after %d s: %s".formatted(limit.toSeconds(), String.join(" ", command)));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FleetException("interrupted while this ran: " + String.join(" ", command), interrupted);
        }
        Long exitCode = client().inspectExecCmd(id).exec().getExitCodeLong();
        if (exitCode == null) {
            throw new FleetException("the container engine reports no exit code of: " + String.join(" ", command));
        }
        return new ExecResult(exitCode.intValue(), output.stdout(), output.stderr());
    }

    private static final class Output extends ResultCallback.Adapter<Frame> {
        private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

        @Override
        public void onNext(Frame frame) {
            (frame.getStreamType() == StreamType.STDERR ? stderr : stdout).writeBytes(frame.getPayload());
        }

        String stdout() {
            return stdout.toString(StandardCharsets.UTF_8);
        }

        String stderr() {
            return stderr.toString(StandardCharsets.UTF_8);
        }
    }
}
