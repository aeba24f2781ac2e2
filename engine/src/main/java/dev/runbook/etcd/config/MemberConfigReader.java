package dev.runbook.etcd.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads from a member's flags what a restore needs, with etcd's defaults. */
final class MemberConfigReader {
    private static final String DEFAULT_PEER_URL = "http://localhost:2380";
    private static final String DEFAULT_CLIENT_URL = "http://localhost:2379";

    private final Map<String, String> flags;
    private final Function<String, Optional<String>> hostPathOf;

    MemberConfigReader(Map<String, String> flags, Function<String, Optional<String>> hostPathOf) {
        this.flags = flags;
        this.hostPathOf = hostPathOf;
    }

    MemberConfig read(ConfigSource source, Optional<String> image) throws ConfigProblem {
        String name = flag("name").orElse("default");
        Optional<String> walDir = flag("wal-dir");
        return new MemberConfig(
                name,
                onHost("data-dir", flag("data-dir").orElse(name + ".etcd")),
                walDir.isEmpty() ? walDir : Optional.of(onHost("wal-dir", walDir.get())),
                urls("initial-advertise-peer-urls", DEFAULT_PEER_URL),
                urls("listen-client-urls", DEFAULT_CLIENT_URL),
                urls("advertise-client-urls", DEFAULT_CLIENT_URL),
                clientTls(source),
                flag("initial-cluster"),
                flag("initial-cluster-state"),
                source,
                image,
                flags);
    }

    private Optional<ClientTls> clientTls(ConfigSource source) throws ConfigProblem {
        if (urls("listen-client-urls", DEFAULT_CLIENT_URL).stream().noneMatch(url -> url.startsWith("https:"))) {
            return Optional.empty();
        }
        Optional<String> caFile = hostFile("trusted-ca-file");
        Optional<String> certFile = hostFile("cert-file");
        Optional<String> keyFile = hostFile("key-file");
        // etcd requires client certificates whenever it has a CA to check them with.
        boolean requiresCertificate =
                caFile.isPresent() || flag("client-cert-auth").orElse("false").equals("true");
        if (!requiresCertificate || certFile.isEmpty() || keyFile.isEmpty()) {
            return Optional.of(new ClientTls(caFile, Optional.empty()));
        }
        ClientTls.Identity identity = switch (source) {
            case ConfigSource.StaticPod pod
            when certFile.get().endsWith("/pki/etcd/server.crt") -> {
                // kubeadm's liveness probes have a client certificate of their own beside the server's.
                String folder = certFile.get().substring(0, certFile.get().lastIndexOf('/'));
                yield new ClientTls.Identity(folder + "/healthcheck-client.crt", folder + "/healthcheck-client.key");
            }
            case ConfigSource.StaticPod pod -> new ClientTls.Identity(certFile.get(), keyFile.get());
            case ConfigSource.SystemdService service -> new ClientTls.Identity(certFile.get(), keyFile.get());
        };
        return Optional.of(new ClientTls(caFile, Optional.of(identity)));
    }

    private Optional<String> hostFile(String name) throws ConfigProblem {
        Optional<String> path = flag(name);
        return path.isEmpty() ? path : Optional.of(onHost(name, path.get()));
    }

    private String onHost(String flag, String path) throws ConfigProblem {
        return hostPathOf
                .apply(path)
                .orElseThrow(() -> new ConfigProblem("--" + flag + " " + path + " is not in a folder of the host"));
    }

    private List<String> urls(String name, String fallback) {
        return Arrays.stream(flag(name).orElse(fallback).split(",", -1))
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .toList();
    }

    private Optional<String> flag(String name) {
        return Optional.ofNullable(flags.get(name)).filter(value -> !value.isEmpty());
    }
}
