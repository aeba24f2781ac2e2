package dev.runbook.etcd.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemKeyTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void openssl() {
        LocalPrograms.assume("openssl");
    }

    @Test
    void everyEncodingOfAKeyGivesTheSameKey() throws Exception {
        TestPki pki = new TestPki(folder);
        pki.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa8.pem");
        pki.openssl("rsa -in rsa8.pem -traditional -out rsa1.pem");
        pki.openssl("ecparam -name prime256v1 -genkey -out ec1.pem");
        pki.openssl("pkcs8 -topk8 -nocrypt -in ec1.pem -out ec8.pem");
        pki.openssl("ecparam -name secp384r1 -genkey -noout -out ec384.pem");
        pki.openssl("genpkey -algorithm ed25519 -out ed.pem");

        assertThat(text(pki, "rsa1.pem")).contains("BEGIN RSA PRIVATE KEY");
        assertThat(text(pki, "ec1.pem")).contains("BEGIN EC PARAMETERS").contains("BEGIN EC PRIVATE KEY");
        assertThat(PemKey.read(pki.pem("rsa1.pem"))).isEqualTo(PemKey.read(pki.pem("rsa8.pem")));
        assertThat(secret(pki, "ec1.pem")).isEqualTo(secret(pki, "ec8.pem"));
        assertThat(PemKey.read(pki.pem("ec384.pem")).getAlgorithm()).isEqualTo("EC");
        assertThat(PemKey.read(pki.pem("ed.pem")).getAlgorithm()).isEqualTo("EdDSA");
    }

    @Test
    void anUnusableKeyIsRejectedWithAReason() throws Exception {
        TestPki pki = new TestPki(folder);
        pki.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa8.pem");
        pki.openssl("rsa -in rsa8.pem -traditional -aes128 -passout pass:secret -out old.pem");
        pki.openssl("pkcs8 -topk8 -in rsa8.pem -passout pass:secret -out new.pem");

        refuses(pki.pem("old.pem"), "has a password");
        refuses(pki.pem("new.pem"), "has a password");
        refuses("nothing".getBytes(StandardCharsets.US_ASCII), "no PEM block");
        refuses(block("EC PRIVATE KEY", "MAA="), "cannot be read");
        refuses(block("EC PRIVATE KEY", "MIL/"), "cannot be read");
        refuses(block("PRIVATE KEY", "MAA="), "neither RSA, EC nor Ed25519");
        refuses(block("PRIVATE KEY", "=!"), "cannot be read");
    }

    private static byte[] block(String label, String content) {
        return ("-----BEGIN " + label + "-----\n" + content + "\n-----END " + label + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Keys of one value differ when only one includes its public key. */
    private static BigInteger secret(TestPki pki, String file) throws Exception {
        return ((ECPrivateKey) PemKey.read(pki.pem(file))).getS();
    }

    private static String text(TestPki pki, String file) throws Exception {
        return new String(pki.pem(file), StandardCharsets.US_ASCII);
    }

    private static void refuses(byte[] pem, String why) {
        assertThatExceptionOfType(EtcdFailure.class)
                .isThrownBy(() -> PemKey.read(pem))
                .withMessageContaining(why);
    }
}
