package dev.runbook.etcd.client;

import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Certificates and key of a TLS connection, read from PEM text and held in memory only.
 *
 * <p>{@link #toString} does not show the key.
 */
public final class TlsMaterial {
    /** clientAuth and anyExtendedKeyUsage (RFC 5280, 4.2.1.12). */
    private static final Set<String> CLIENT_USAGES = Set.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

    private final List<X509Certificate> authorities;
    private final Optional<Identity> identity;

    private TlsMaterial(List<X509Certificate> authorities, Optional<Identity> identity) {
        this.authorities = authorities;
        this.identity = identity;
    }

    /** A client's certificate chain and its key. */
    record Identity(List<X509Certificate> chain, PrivateKey key) {
        @Override
        public String toString() {
            return chain.getFirst().getSubjectX500Principal().getName();
        }
    }

    /**
     * For a member that requires a client certificate.
     *
     * @param authorityPem certificates against which the server's is checked
     * @param certificatePem the client's certificate, then the rest of its chain
     * @param keyPem the client's key: PKCS#8, PKCS#1 or SEC 1, without a password
     * @throws EtcdFailure when one of them cannot be used
     */
    public static TlsMaterial mutual(byte[] authorityPem, byte[] certificatePem, byte[] keyPem) throws EtcdFailure {
        List<X509Certificate> chain = certificates("client certificate", certificatePem);
        return new TlsMaterial(
                certificates("CA certificate", authorityPem), Optional.of(new Identity(chain, PemKey.read(keyPem))));
    }

    /**
     * For a member that requires no client certificate.
     *
     * @param authorityPem certificates against which the server's is checked
     * @throws EtcdFailure when it contains no certificate
     */
    public static TlsMaterial serverOnly(byte[] authorityPem) throws EtcdFailure {
        return new TlsMaterial(certificates("CA certificate", authorityPem), Optional.empty());
    }

    List<X509Certificate> authorities() {
        return authorities;
    }

    Optional<Identity> identity() {
        return identity;
    }

    /** Why a member may reject the client's certificate: it is for servers only. Empty when it is for clients, too. */
    Optional<String> weakness() {
        return identity.map(own -> own.chain().getFirst())
                .filter(TlsMaterial::isNotForClients)
                .map(own -> "the client's certificate, "
                        + own.getSubjectX500Principal().getName()
                        + ", is for servers only: its extended key usage lacks clientAuth");
    }

    private static boolean isNotForClients(X509Certificate certificate) {
        try {
            var usages = certificate.getExtendedKeyUsage();
            return usages != null && usages.stream().noneMatch(CLIENT_USAGES::contains);
        } catch (CertificateException unreadable) {
            return false;
        }
    }

    private static List<X509Certificate> certificates(String what, byte[] pem) throws EtcdFailure {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Pem.Block block : Pem.blocks(pem)) {
                if (block.label().equals("CERTIFICATE")) {
                    Certificate certificate = factory.generateCertificate(new ByteArrayInputStream(block.content()));
                    if (certificate instanceof X509Certificate x509) {
                        certificates.add(x509);
                    }
                }
            }
        } catch (CertificateException | IllegalArgumentException malformed) {
            throw new EtcdFailure(new EtcdFailure.BadTlsMaterial("the " + what + " cannot be read as PEM"));
        }
        if (certificates.isEmpty()) {
            throw new EtcdFailure(new EtcdFailure.BadTlsMaterial("the " + what + " has no PEM block CERTIFICATE"));
        }
        return List.copyOf(certificates);
    }

    @Override
    public String toString() {
        return identity.map(client -> "TLS as " + client).orElse("TLS without a client certificate");
    }
}
