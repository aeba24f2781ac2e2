package dev.runbook.model;

import java.util.Optional;

/**
 * How to ask one etcd member, as seen from a node: an address to dial from there, and where that node keeps the
 * client certificate for it.
 *
 * @param host name or address, dialled from the node
 * @param port client port, 1 to 65535
 * @param tls empty for plain http
 */
public record EtcdAccess(String host, int port, Optional<TlsFiles> tls) {
    public EtcdAccess {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port out of 1..65535: " + port);
        }
    }

    /**
     * Paths on the node.
     *
     * @param authority what the member's certificate is checked against; empty with {@code --auto-tls}
     * @param identity the client's own certificate, where the member asks for one
     */
    public record TlsFiles(Optional<String> authority, Optional<Identity> identity) {}

    /** A client's certificate and its key. */
    public record Identity(String certificate, String key) {}

    public String url() {
        var bracketed = host.contains(":") ? "[" + host + "]" : host;
        return (tls.isPresent() ? "https://" : "http://") + bracketed + ":" + port;
    }
}
