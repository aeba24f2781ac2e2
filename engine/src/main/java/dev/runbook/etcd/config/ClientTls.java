package dev.runbook.etcd.config;

import java.util.Optional;

/**
 * Files on a member's host with which a client can connect to it over TLS.
 *
 * @param caFile the CA of the server's certificate; empty when the configuration names none, as with
 *     {@code --auto-tls}
 * @param identity the client certificate, where the member requires one
 */
public record ClientTls(Optional<String> caFile, Optional<Identity> identity) {
    public record Identity(String certFile, String keyFile) {}
}
