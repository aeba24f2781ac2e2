package dev.runbook.fleet;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A container that behaves like a machine, created from a node plan. */
final class NodeContainer extends GenericContainer<NodeContainer> {
    /** Privileges of a container. Not {@code --privileged}, because an engine that itself lacks a capability refuses it. */
    enum Privileges {
        /** Enough for systemd, and for routes that a test breaks. */
        SYSTEMD,
        /** Enough for containers within the container. */
        NESTED_CONTAINERS
    }

    NodeContainer(
            String image, NodePlan plan, FleetNetwork network, Map<String, String> labels, Privileges privileges) {
        super(DockerImageName.parse(image));
        withImagePullPolicy(name -> false);
        withLabels(labels);
        plan.files()
                .forEach((path, file) -> withCopyToContainer(
                        Transferable.of(file.content().getBytes(StandardCharsets.UTF_8), file.mode()), path));
        withCopyToContainer(
                Transferable.of(("set -eu\n" + plan.firstBoot()).getBytes(StandardCharsets.UTF_8), 0700),
                "/root/first-boot");
        withCreateContainerCmdModifier(command -> configure(command, plan, network, privileges));
    }

    @SuppressWarnings("deprecation")
    private static void configure(
            CreateContainerCmd command, NodePlan plan, FleetNetwork network, Privileges privileges) {
        HostConfig host = command.getHostConfig();
        if (host == null) {
            throw new FleetException("Testcontainers made a container without a host configuration");
        }
        host.withNetworkMode(network.id())
                .withCgroupnsMode("private")
                .withPortBindings(PortBinding.parse("127.0.0.1:" + plan.sshPort() + ":22/tcp"));
        switch (privileges) {
            case SYSTEMD ->
                host.withCapAdd(Capability.SYS_ADMIN, Capability.NET_ADMIN)
                        .withTmpFs(Map.of("/run", "", "/run/lock", "", "/tmp", "exec"));
            case NESTED_CONTAINERS ->
                host.withCapAdd(Capability.ALL)
                        .withCapDrop(Capability.SYS_RESOURCE)
                        .withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined"))
                        .withDeviceCgroupRules(List.of("a *:* rwm"))
                        .withTmpFs(Map.of("/run", "exec", "/run/lock", "", "/tmp", "exec"));
        }
        command.withHostName(plan.name()).withIpv4Address(plan.address()).withExposedPorts(sshPort());
    }

    private static ExposedPort sshPort() {
        return ExposedPort.tcp(22);
    }
}
