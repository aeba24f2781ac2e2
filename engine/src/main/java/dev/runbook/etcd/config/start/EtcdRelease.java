package dev.runbook.etcd.config.start;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A release of etcd 3.
 *
 * @param patch -1 where a text has only MAJOR.MINOR
 */
public record EtcdRelease(int minor, int patch) {
    private static final Pattern RELEASE = Pattern.compile("(?<![\\d.])3\\.(\\d{1,3})(?:\\.(\\d{1,3}))?(?!\\d)");

    /** The first one in a text, such as {@code etcd Version: 3.5.16}. */
    public static Optional<EtcdRelease> find(String text) {
        var matcher = RELEASE.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        var patch = matcher.group(2);
        return Optional.of(
                new EtcdRelease(Integer.parseInt(matcher.group(1)), patch == null ? -1 : Integer.parseInt(patch)));
    }

    /** That of an image's tag, such as {@code registry.k8s.io/etcd:3.5.16-0}; empty with a digest alone. */
    public static Optional<EtcdRelease> ofImage(String image) {
        var name = image.substring(image.lastIndexOf('/') + 1);
        int digest = name.indexOf('@');
        var tagged = digest < 0 ? name : name.substring(0, digest);
        int colon = tagged.indexOf(':');
        return colon < 0 ? Optional.empty() : find(tagged.substring(colon + 1).replaceFirst("^v", ""));
    }

    /** Whether a flag beside its variable only makes it warn: up to 3.3 (etcd: pkg/flags/flag.go). */
    public boolean allowsFlagBesideVariable() {
        return minor < 4;
    }

    @Override
    public String toString() {
        return "3." + minor + (patch < 0 ? "" : "." + patch);
    }
}
