package dev.runbook.etcd.identity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL at which the other members reach a member.
 *
 * <p>As strict as etcd (client/pkg/types/urls.go): {@code http} or {@code https}, a host with a port, and no path. The
 * text is hashed into the member's ID, so a URL that Go would print differently is rejected.
 *
 * @param text for example {@code https://10.0.0.1:2380}, {@code https://[fd00::1]:2380}
 */
public record PeerUrl(String text) implements Comparable<PeerUrl> {
    private static final Pattern SYNTAX =
            Pattern.compile("(?<scheme>[a-z]+)://(?<host>\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):(?<port>[0-9]{1,5})");

    /** @throws IllegalArgumentException with a message for the operator */
    public PeerUrl {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "peer URL '" + text + "' does not have the form https://host:port without a path");
        }
        String scheme = matcher.group("scheme");
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("peer URL '" + text + "' must be http or https");
        }
        int port = Integer.parseInt(matcher.group("port"));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("peer URL '" + text + "' has a port outside 1 to 65535");
        }
    }

    /** The host as a socket takes it: an IPv6 address without its brackets. */
    public String host() {
        var host = text.substring(text.indexOf("//") + 2, text.lastIndexOf(':'));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    public int port() {
        return Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
    }

    public boolean tls() {
        return text.startsWith("https:");
    }

    @Override
    public int compareTo(PeerUrl other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
