package dev.runbook.survey;

import dev.runbook.etcd.config.ClientTls;
import dev.runbook.etcd.config.ConfigSource;
import dev.runbook.etcd.config.MemberConfig;
import dev.runbook.model.EtcdAccess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ways in which a member can be asked from its own host, the likeliest first. */
final class MemberAccess {
    private MemberAccess() {}

    /** An address, and whether it wants TLS. */
    private record Address(boolean tls, String host, int port) {
        static Optional<Address> of(String url) {
            return EtcdAccess.at(url, Optional.empty())
                    .map(plain -> new Address(url.startsWith("https:"), plain.host(), plain.port()));
        }

        boolean any() {
            return host.equals("0.0.0.0") || host.equals("::");
        }

        boolean loopback() {
            return any() || host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
        }

        Address dialled() {
            return any() ? new Address(tls, "127.0.0.1", port) : this;
        }
    }

    /**
     * Loopback first. A certificate need not be for it, so the other addresses follow: those that it listens at, and, where
     * it listens at all, the advertised ones. Empty when no URL has a host and a port.
     */
    static List<EtcdAccess> of(MemberConfig config) {
        var listens = config.listenClientUrls().stream()
                .flatMap(url -> Address.of(url).stream())
                .toList();
        var addresses = new LinkedHashSet<Address>();
        listens.stream()
                .sorted(Comparator.comparing((Address address) -> !address.loopback()))
                .map(Address::dialled)
                .forEach(addresses::add);
        if (listens.stream().anyMatch(Address::any)) {
            config.advertiseClientUrls().stream()
                    .flatMap(url -> Address.of(url).stream())
                    .filter(address -> !address.any())
                    .forEach(addresses::add);
        }
        var files = tls(config);
        var ways = new ArrayList<EtcdAccess>();
        files.forEach(tls -> addresses.forEach(address ->
                ways.add(new EtcdAccess(address.host(), address.port(), address.tls() ? tls : Optional.empty()))));
        return ways.stream().distinct().toList();
    }

    /** Certificates to come with: a server's own may be for servers only, a peer's is for clients, too. */
    private static List<Optional<EtcdAccess.TlsFiles>> tls(MemberConfig config) {
        if (config.clientTls().isEmpty()) {
            return List.of(Optional.empty());
        }
        var configured = config.clientTls().get();
        var identities = new LinkedHashSet<Optional<EtcdAccess.Identity>>();
        identities.add(configured.identity().map(MemberAccess::identity));
        // Paths in a pod's flags are those of the container.
        if (configured.identity().isPresent() && config.source() instanceof ConfigSource.SystemdService) {
            Stream.of("client", "peer")
                    .flatMap(whose -> identity(config, whose))
                    .forEach(identities::add);
        }
        return identities.stream()
                .map(identity -> Optional.of(new EtcdAccess.TlsFiles(configured.caFile(), identity)))
                .toList();
    }

    private static Stream<Optional<EtcdAccess.Identity>> identity(MemberConfig config, String whose) {
        var certificate = Optional.ofNullable(config.flags().get(whose + "-cert-file"));
        var key = Optional.ofNullable(config.flags().get(whose + "-key-file"));
        return certificate.isPresent() && key.isPresent()
                ? Stream.of(Optional.of(new EtcdAccess.Identity(certificate.get(), key.get())))
                : Stream.empty();
    }

    private static EtcdAccess.Identity identity(ClientTls.Identity own) {
        return new EtcdAccess.Identity(own.certFile(), own.keyFile());
    }
}
