package dev.runbook.etcd.client;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/**
 * Reads a private key in the usual encodings: kubeadm writes PKCS#1 (RSA) or SEC 1 (EC), OpenSSL PKCS#8 or SEC 1. Java reads
 * PKCS#8 only, so the others are wrapped in it.
 */
final class PemKey {
    /** rsaEncryption with its NULL parameters, and id-ecPublicKey (RFC 3279), as DER. */
    private static final byte[] RSA = {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PemKey() {}

    static PrivateKey read(byte[] pem) throws EtcdFailure {
        try {
            for (Pem.Block block : Pem.blocks(pem)) {
                if (block.encrypted() || block.label().equals("ENCRYPTED PRIVATE KEY")) {
                    throw bad("the client key has a password; use a key without a password");
                }
                Optional<byte[]> pkcs8 = pkcs8(block);
                if (pkcs8.isPresent()) {
                    return key(pkcs8.get());
                }
            }
        } catch (IllegalArgumentException malformed) {
            throw bad("the client key cannot be read as PEM");
        }
        throw bad("the client key has no PEM block with a private key");
    }

    /** Empty for a block that is not a key, such as the curve that OpenSSL writes before one. */
    private static Optional<byte[]> pkcs8(Pem.Block block) {
        return switch (block.label()) {
            case "PRIVATE KEY" -> Optional.of(block.content());
            case "RSA PRIVATE KEY" ->
                Optional.of(Der.sequence(VERSION_0, Der.sequence(RSA), Der.octets(block.content())));
            case "EC PRIVATE KEY" ->
                Optional.of(Der.sequence(
                        VERSION_0, Der.sequence(EC, Der.curveOfSec1(block.content())), Der.octets(block.content())));
            default -> Optional.empty();
        };
    }

    private static PrivateKey key(byte[] pkcs8) throws EtcdFailure {
        String reason = "";
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException otherAlgorithm) {
                reason = String.valueOf(otherAlgorithm.getMessage());
            }
        }
        throw bad("the client key is neither RSA, EC nor Ed25519: " + reason);
    }

    private static EtcdFailure bad(String detail) {
        return new EtcdFailure(new EtcdFailure.BadTlsMaterial(detail));
    }
}
