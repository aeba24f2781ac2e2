package dev.runbook.steps.preflight;

import dev.runbook.facts.CertificateFacts;
import dev.runbook.facts.HostFacts;
import dev.runbook.facts.MemberFacts;
import dev.runbook.model.Problem;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks that a member's peer certificate is for its peer URLs. Members keep connections that they made before a certificate
 * was replaced; after a restart each has to verify the others anew, and a restored cluster finds no quorum.
 */
final class PeerCertificate {
    private PeerCertificate() {}

    static List<Problem> check(HostFacts facts, MemberFacts member) {
        var path = Optional.ofNullable(member.flags().get("peer-cert-file"));
        // Of several in a file, the first is the member's own.
        var names = path.flatMap(file -> facts.certificates().stream()
                        .filter(certificate -> certificate.path().equals(file))
                        .findFirst())
                .flatMap(CertificateFacts::names)
                .filter(found -> !found.isEmpty());
        if (names.isEmpty()) {
            return List.of();
        }
        return member.peerUrls().stream()
                .filter(url -> url.startsWith("https://"))
                .flatMap(url -> host(url).stream())
                .distinct()
                .filter(host -> names.get().stream().noneMatch(name -> isFor(name, host)))
                .map(host -> Problem.on(
                        facts.host(),
                        "peer-certificate-names",
                        path.get() + " is for " + String.join(", ", names.get()) + ", but the member's peer URL has "
                                + host + ": after a restart the other members would refuse it",
                        "issue it again with " + host + " among its names (kubeadm init phase certs etcd-peer)"))
                .toList();
    }

    private static Optional<String> host(String url) {
        try {
            var authority = Optional.ofNullable(new URI(url).getRawAuthority());
            return authority.map(text -> text.replaceFirst(":\\d+$", "").replaceAll("[\\[\\]]", ""));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** As Go's x509 compares them: addresses by value, names without case, a star for one label. */
    private static boolean isFor(String name, String host) {
        var address = address(host);
        if (address.isPresent()) {
            return address.equals(address(name));
        }
        var wanted = host.toLowerCase(Locale.ROOT);
        var given = name.toLowerCase(Locale.ROOT);
        int dot = wanted.indexOf('.');
        return given.equals(wanted)
                || (given.startsWith("*.") && dot > 0 && given.substring(1).equals(wanted.substring(dot)));
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }
}
