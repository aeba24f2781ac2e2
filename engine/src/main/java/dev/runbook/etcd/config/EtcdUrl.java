package dev.runbook.etcd.config;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A URL of a member as etcd reads it (client/pkg/types/urls.go): {@code http} or {@code https}, a host with a port, no path. A
 * host name may have underscores, which {@link java.net.URI} takes for no host.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 */
public record EtcdUrl(String scheme, String host, int port) {
    private static final Pattern SYNTAX = Pattern.compile(
            "(?<scheme>https?)://(?:\\[(?<six>[0-9a-fA-F:.]+)]|(?<host>[A-Za-z0-9._-]+)):(?<port>[0-9]{1,5})");
    private static final Pattern FOUR = Pattern.compile("[0-9.]+");
    private static final Set<String> ANY = Set.of("0.0.0.0", "::");

    /**
     * Reads a URL.
     *
     * @throws ConfigProblem when etcd would not start with it
     */
    public static EtcdUrl parse(String text) throws ConfigProblem {
        var matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new ConfigProblem("'" + text + "' does not have the form https://host:port without a path");
        }
        var host = matcher.group("six") == null ? matcher.group("host") : matcher.group("six");
        int port = Integer.parseInt(matcher.group("port"));
        if (port < 1 || port > 65_535) {
            throw new ConfigProblem("'" + text + "' has a port outside 1 to 65535");
        }
        return new EtcdUrl(matcher.group("scheme"), host, port);
    }

    /** Whether etcd listens there: on an address or localhost, never on another name (etcd: embed/config.go, checkBindURLs). */
    boolean canListen() {
        return host.equals("localhost")
                || host.contains(":")
                || FOUR.matcher(host).matches();
    }

    /** Whether it means every address of the host. */
    public boolean anyAddress() {
        return ANY.contains(host);
    }

    /** Whether a program on the same host reaches it at 127.0.0.1 or localhost. */
    public boolean onLoopback() {
        return anyAddress() || host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }
}
