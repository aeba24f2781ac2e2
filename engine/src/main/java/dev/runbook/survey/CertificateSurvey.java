package dev.runbook.survey;

import dev.runbook.facts.CertificateFacts;
import dev.runbook.facts.MemberFacts;
import dev.runbook.model.Answer;
import dev.runbook.model.Problem;
import dev.runbook.model.Query;
import dev.runbook.node.NodeUnreachable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the certificates that the control plane needs to start. Keys are not read. */
final class CertificateSurvey {
    private static final String KUBEADM = "/etc/kubernetes/pki/";
    private static final List<String> KUBEADM_CERTIFICATES = List.of(
            "ca.crt",
            "apiserver.crt",
            "apiserver-etcd-client.crt",
            "etcd/ca.crt",
            "etcd/server.crt",
            "etcd/peer.crt",
            "etcd/healthcheck-client.crt");
    private static final List<String> MEMBER_FLAGS =
            List.of("cert-file", "trusted-ca-file", "peer-cert-file", "peer-trusted-ca-file");

    private final QueryingNode host;
    private final List<Problem> problems;

    CertificateSurvey(QueryingNode host, List<Problem> problems) {
        this.host = host;
        this.problems = problems;
    }

    List<CertificateFacts> survey(boolean kubeadm, Optional<MemberFacts> member) throws NodeUnreachable {
        Set<String> paths = new LinkedHashSet<>();
        if (kubeadm) {
            KUBEADM_CERTIFICATES.forEach(name -> paths.add(KUBEADM + name));
        }
        member.ifPresent(found -> {
            MEMBER_FLAGS.forEach(
                    flag -> Optional.ofNullable(found.flags().get(flag)).ifPresent(paths::add));
            found.access().tls().ifPresent(tls -> {
                tls.authority().ifPresent(paths::add);
                tls.identity().ifPresent(own -> paths.add(own.certificate()));
            });
        });
        host.query(paths.stream().map(QueryingNode::text).map(Query.class::cast).toList());
        var certificates = new ArrayList<CertificateFacts>();
        for (var path : paths) {
            host.answer(QueryingNode.text(path), Answer.Text.class)
                    .ifPresent(text -> parsed(path, text.text()).forEach(certificates::add));
        }
        return certificates;
    }

    /** DNS names and IP addresses, types 2 and 7 of RFC 5280's GeneralName. */
    private static Optional<List<String>> names(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames())
                    .map(names -> names.stream()
                            .filter(name ->
                                    name.getFirst().equals(2) || name.getFirst().equals(7))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList());
        } catch (CertificateParsingException unreadable) {
            return Optional.empty();
        }
    }

    private Stream<CertificateFacts> parsed(String path, String pem) {
        try {
            var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            return CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
                    .map(X509Certificate.class::cast)
                    .map(certificate -> new CertificateFacts(
                            path,
                            certificate.getSubjectX500Principal().getName(),
                            certificate.getNotAfter().toInstant(),
                            names(certificate)));
        } catch (CertificateException e) {
            problems.add(Problem.on(
                    host.node().name(),
                    "bad-certificate",
                    path + " is no certificate: " + e.getMessage(),
                    "restore the right file (kubeadm init phase certs, or from a backup)"));
            return Stream.of();
        }
    }
}
