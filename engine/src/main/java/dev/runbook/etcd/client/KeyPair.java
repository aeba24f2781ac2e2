package dev.runbook.etcd.client;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAKey;
import java.util.Optional;

/** Whether a private key belongs to a certificate, as Go's tls.X509KeyPair requires of both. */
public final class KeyPair {
    private static final byte[] SAMPLE = "to be signed".getBytes(StandardCharsets.US_ASCII);

    private KeyPair() {}

    /**
     * Compares the two, both in PEM; of several certificates the first counts.
     *
     * @return why the key cannot be used with the certificate, a clause about the key; empty when it can
     */
    public static Optional<String> problem(String certificate, String key) {
        PublicKey ofCertificate;
        try {
            var bytes = new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII));
            var found = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
            if (found.isEmpty()) {
                return Optional.of("the certificate beside it has no PEM block with a certificate");
            }
            ofCertificate = found.iterator().next().getPublicKey();
        } catch (GeneralSecurityException e) {
            return Optional.of("the certificate beside it cannot be read");
        }
        try {
            var own = PemKey.read(key.getBytes(StandardCharsets.US_ASCII));
            return belong(own, ofCertificate) ? Optional.empty() : Optional.of("it is not the key of the certificate");
        } catch (EtcdFailure e) {
            return Optional.of(String.valueOf(e.getMessage()).replace("the client key", "the key"));
        }
    }

    /** By the modulus, as Go does it; for other algorithms by a signature. */
    private static boolean belong(PrivateKey own, PublicKey ofCertificate) {
        if (own instanceof RSAKey mine && ofCertificate instanceof RSAKey theirs) {
            return mine.getModulus().equals(theirs.getModulus());
        }
        var algorithm = switch (own.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case String other -> other;
        };
        try {
            var signing = Signature.getInstance(algorithm);
            signing.initSign(own);
            signing.update(SAMPLE);
            var signature = signing.sign();
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(ofCertificate);
            verifying.update(SAMPLE);
            return verifying.verify(signature);
        } catch (GeneralSecurityException otherAlgorithm) {
            return false;
        }
    }
}
