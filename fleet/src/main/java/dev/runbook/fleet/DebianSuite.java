package dev.runbook.fleet;

import java.util.Locale;

/** The Debian release of a node, which determines the version of etcd. */
public enum DebianSuite {
    BOOKWORM("3.4.23"),
    TRIXIE("3.5.16");

    private final String etcdVersion;

    DebianSuite(String etcdVersion) {
        this.etcdVersion = etcdVersion;
    }

    public String etcdVersion() {
        return etcdVersion;
    }

    String debianName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
