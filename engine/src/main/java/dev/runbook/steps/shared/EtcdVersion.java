package dev.runbook.steps.shared;

import java.util.Optional;
import java.util.regex.Pattern;

/** A version of etcd. Patch is -1 where a text has only MAJOR.MINOR. */
public record EtcdVersion(int major, int minor, int patch) {
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?");

    /** The first version in a text, such as {@code etcdutl version: 3.5.16} or {@code etcd:3.5.16-0}. */
    public static Optional<EtcdVersion> find(String text) {
        var matcher = NUMBERS.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        var patch = matcher.group(3);
        return Optional.of(new EtcdVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? -1 : Integer.parseInt(patch)));
    }

    public boolean sameMinor(EtcdVersion other) {
        return major == other.major && minor == other.minor;
    }

    /** Whether a restore can add to the revision: from 3.4.27 and 3.5.10 on (etcd's changelogs). */
    public boolean canBump() {
        return switch (minor) {
            case 4 -> patch >= 27;
            case 5 -> patch >= 10;
            default -> major > 3 || minor > 5;
        };
    }

    /** The program that restores: etcdutl came with 3.5, before it etcdctl did both. */
    public String restoreProgram() {
        return major == 3 && minor <= 4 ? "etcdctl" : "etcdutl";
    }

    @Override
    public String toString() {
        return major + "." + minor + (patch < 0 ? "" : "." + patch);
    }
}
