package dev.runbook.etcd.client;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The client's only certificate with its key. Not in a key store, because that derives a key from its password first, which
 * takes a new process half a second.
 */
final class OneIdentity extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final TlsMaterial.Identity identity;

    OneIdentity(TlsMaterial.Identity identity) {
        this.identity = identity;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return Arrays.stream(keyTypes).anyMatch(type -> fits(type, issuers)) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineClientAlias(keyTypes, issuers, null);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return fits(keyType, issuers) ? new String[] {ALIAS} : null;
    }

    /** A member that names authorities accepts certificates of these only; one that names none decides when it sees it. */
    private boolean fits(String keyType, Principal @Nullable [] issuers) {
        // "EC_RSA" is an EC key in a certificate that is signed with RSA.
        boolean ofType = keyType.split("_", 2)[0].equals(identity.key().getAlgorithm());
        return ofType
                && (issuers == null
                        || issuers.length == 0
                        || identity.chain().stream()
                                .map(X509Certificate::getIssuerX500Principal)
                                .anyMatch(List.of(issuers)::contains));
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identity.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
