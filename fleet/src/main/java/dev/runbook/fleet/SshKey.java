package dev.runbook.fleet;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/** An Ed25519 key pair in OpenSSH's own formats: a node's host key, or the key for logins. */
record SshKey(String privateKey, String publicKey) {

    static SshKey generate() {
        var secret = new Ed25519PrivateKeyParameters(new SecureRandom());
        try {
            String privateKey = PemText.wrap("OPENSSH PRIVATE KEY", OpenSSHPrivateKeyUtil.encodePrivateKey(secret));
            byte[] publicKey = OpenSSHPublicKeyUtil.encodePublicKey(secret.generatePublicKey());
            return new SshKey(privateKey, "ssh-ed25519 " + Base64.getEncoder().encodeToString(publicKey));
        } catch (IOException impossible) {
            throw new FleetException("cannot encode an SSH key", impossible);
        }
    }
}
