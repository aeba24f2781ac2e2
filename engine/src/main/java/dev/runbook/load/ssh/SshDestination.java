package dev.runbook.load.ssh;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine as the {@code ssh} program takes it: {@code host}, {@code user@host}, {@code [::1]}, {@code ssh://user@host:22},
 * and for jump hosts {@code user@host:22}.
 *
 * @param user all before the last {@code @}, because a user's name may have one
 */
public record SshDestination(Optional<String> user, String address, Optional<Integer> port) {
    private static final Pattern URI = Pattern.compile("ssh://(?:(.+)@)?(\\[[^]]+]|[^:@\\[\\]]+)(?::(\\d{1,5}))?/?");
    private static final Pattern JUMP = Pattern.compile("(?:(.+)@)?(\\[[^]]+]|[^:@\\[\\]]+)(?::(\\d{1,5}))?/?");
    /** The last argument of ssh: it has no port, so an address with colons needs no brackets. */
    private static final Pattern HOST = Pattern.compile("(?:(.+)@)?(\\[[^]]+]|[^@\\[\\]]+)()");

    /** A jump host; empty when it is none. */
    public static Optional<SshDestination> parse(String text) {
        return of(URI.matcher(text)).or(() -> of(JUMP.matcher(text)));
    }

    /** The value of {@code ansible_host}, which Ansible hands to ssh as it is. */
    public static SshDestination ofHost(String text) {
        return of(URI.matcher(text))
                .or(() -> of(HOST.matcher(text)))
                .orElse(new SshDestination(Optional.empty(), text, Optional.empty()));
    }

    private static Optional<SshDestination> of(Matcher matcher) {
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var digits = Optional.ofNullable(matcher.group(3)).filter(text -> !text.isEmpty());
        var port = digits.map(Integer::parseInt);
        if (port.isPresent() && (port.get() < 1 || port.get() > 65535)) {
            return Optional.empty();
        }
        var address = matcher.group(2).replace("[", "").replace("]", "");
        return Optional.of(new SshDestination(Optional.ofNullable(matcher.group(1)), address, port));
    }
}
