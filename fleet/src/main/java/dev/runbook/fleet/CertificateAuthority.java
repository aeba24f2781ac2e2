package dev.runbook.fleet;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of one fleet. */
final class CertificateAuthority {
    /** A certificate with its private key, both as PEM. */
    record Issued(String certificate, String key) {}

    private static final Duration VALIDITY = Duration.ofDays(30);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    CertificateAuthority(String commonName) {
        name = new X500Name("CN=" + commonName);
        keys = newKeys();
        X509v3CertificateBuilder builder = builder(name, keys);
        extend(builder, Extension.basicConstraints, new BasicConstraints(true));
        extend(builder, Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
        certificate = sign(builder);
    }

    Issued own() {
        return new Issued(PemText.of(certificate), PemText.of(keys.getPrivate()));
    }

    /** Issues a certificate for server and client use, as etcd's peers need it; a client needs no DNS names or addresses. */
    Issued issue(String subject, List<String> dnsNames, List<String> addresses) {
        KeyPair own = newKeys();
        X509v3CertificateBuilder builder = builder(new X500Name(subject), own);
        extend(builder, Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature));
        extend(builder, Extension.extendedKeyUsage, new ExtendedKeyUsage(new KeyPurposeId[] {
            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
        }));
        GeneralName[] names = Stream.concat(
                        dnsNames.stream().map(dns -> new GeneralName(GeneralName.dNSName, dns)),
                        addresses.stream().map(address -> new GeneralName(GeneralName.iPAddress, address)))
                .toArray(GeneralName[]::new);
        if (names.length > 0) {
            extend(builder, Extension.subjectAlternativeName, new GeneralNames(names));
        }
        return new Issued(PemText.of(sign(builder)), PemText.of(own.getPrivate()));
    }

    private X509v3CertificateBuilder builder(X500Name subject, KeyPair own) {
        // Valid since an hour ago, because a test may set a node's clock back.
        Instant from = Instant.now().minus(Duration.ofHours(1));
        return new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(120, RANDOM),
                Date.from(from),
                Date.from(from.plus(VALIDITY)),
                subject,
                own.getPublic());
    }

    private X509Certificate sign(X509v3CertificateBuilder builder) {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException | GeneralSecurityException failed) {
            throw new FleetException("cannot sign a certificate", failed);
        }
    }

    private static void extend(X509v3CertificateBuilder builder, ASN1ObjectIdentifier kind, ASN1Encodable value) {
        try {
            builder.addExtension(kind, true, value);
        } catch (CertIOException failed) {
            throw new FleetException("cannot extend a certificate", failed);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new FleetException("this JDK has no EC keys", missing);
        }
    }
}
