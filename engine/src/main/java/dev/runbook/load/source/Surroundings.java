package dev.runbook.load.source;

import java.nio.file.Path;

/**
 * Environment of an invocation: current folder, home and user.
 *
 * @param currentFolder absolute; relative paths count from here
 * @param home absolute; replaces {@code ~}
 * @param user the login name here, for hosts whose inventory gives no {@code ansible_user}
 */
public record Surroundings(Path currentFolder, Path home, String user) {
    public Surroundings {
        if (!currentFolder.isAbsolute() || !home.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + currentFolder + ", " + home);
        }
    }

    /** Resolves a path like a shell. */
    public Path resolve(String path) {
        if (path.equals("~") || path.startsWith("~/")) {
            return home.resolve(path.substring(Math.min(2, path.length()))).normalize();
        }
        return currentFolder.resolve(path).normalize();
    }
}
