package dev.runbook.steps.shared;

import dev.runbook.facts.HostFacts;
import dev.runbook.facts.UnitFacts;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Address of a host's own API server, not of the load balancer in front of it.
 *
 * @param authorityFile on the host: the certificate authority of its serving certificate
 */
public record ApiServerAddress(String host, int port, String authorityFile) {
    private static final String KUBEADM_AUTHORITY = "/etc/kubernetes/pki/ca.crt";
    private static final int KUBEADM_PORT = 6443;

    public static Optional<ApiServerAddress> of(HostFacts facts) {
        return facts.manifest(ControlPlaneComponent.API_SERVER)
                .map(file -> file.text())
                .or(() -> Optional.ofNullable(
                                facts.units().get(ControlPlaneComponent.unit(ControlPlaneComponent.API_SERVER)))
                        .map(ApiServerAddress::commandLine))
                .map(ApiServerAddress::inFlags);
    }

    private static String commandLine(UnitFacts unit) {
        return unit.properties().getOrDefault("ExecStart", "");
    }

    private static ApiServerAddress inFlags(String text) {
        var address = flag(text, "advertise-address")
                .or(() -> flag(text, "bind-address"))
                .orElse("127.0.0.1");
        return new ApiServerAddress(
                address.equals("0.0.0.0") ? "127.0.0.1" : address,
                flag(text, "secure-port").map(Integer::parseInt).orElse(KUBEADM_PORT),
                flag(text, "client-ca-file").orElse(KUBEADM_AUTHORITY));
    }

    private static Optional<String> flag(String text, String name) {
        var matcher = Pattern.compile("--" + name + "[= ]([^\\s\"',;]+)").matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
