package dev.runbook.model;

/**
 * Owner and mode of a path.
 *
 * @param mode octal digits, such as {@code 0600}
 * @param uid owner's number, 0 or more
 * @param gid group's number, 0 or more
 */
public record Attributes(String mode, int uid, int gid) {
    public static final Attributes PRIVATE_FILE = new Attributes("0600", 0, 0);
    public static final Attributes PRIVATE_FOLDER = new Attributes("0700", 0, 0);

    public Attributes {
        if (!mode.matches("[0-7]{3,4}")) {
            throw new IllegalArgumentException("mode is three or four octal digits, not " + mode);
        }
        if (uid < 0 || gid < 0) {
            throw new IllegalArgumentException("owner and group numbers are 0 or more: " + uid + ":" + gid);
        }
    }

    @Override
    public String toString() {
        return mode + " " + uid + ":" + gid;
    }
}
