package dev.runbook.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How to ask one etcd member, as seen from a node: an address to dial from there, and where that node keeps the
 * client certificate for it.
 *
 * @param host name or address, dialled from the node
 * @param port client port, 1 to 65535
 * @param tls empty for plain http
 */
public record EtcdAccess(String host, int port, Optional<TlsFiles> tls) {
    private static final Pattern URL =
            Pattern.compile("(?<scheme>https?)://(?<host>\\[[^\\]]+]|[^:/\\[\\]]+)(:(?<port>\\d{1,5}))?/?");

    private static final int USUAL_PORT = 2379;

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

    /**
     * The address in a URL; empty when it has no host, or is of another scheme than http and https. Not by {@link
     * java.net.URI}, which knows no host with an underscore in it.
     *
     * @param tls files to come with, if the URL is one of https
     */
    public static Optional<EtcdAccess> at(String url, Optional<TlsFiles> tls) {
        var parts = URL.matcher(url);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var port =
                Optional.ofNullable(parts.group("port")).map(Integer::parseInt).orElse(USUAL_PORT);
        return port < 1 || port > 65535
                ? Optional.empty()
                : Optional.of(new EtcdAccess(
                        parts.group("host").replaceAll("[\\[\\]]", ""),
                        port,
                        parts.group("scheme").equals("https") ? tls : Optional.empty()));
    }

    public String url() {
        var bracketed = host.contains(":") ? "[" + host + "]" : host;
        return (tls.isPresent() ? "https://" : "http://") + bracketed + ":" + port;
    }
}
