package dev.runbook.fleet;

/** A user on each node: root, or a user with sudo, with or without a password. */
public enum Login {
    ROOT("root", "inventory.yml"),
    /** Sudo needs the fleet's password. */
    SRE("sre", "inventory-sre.yml"),
    /** Sudo needs no password. */
    OPS("ops", "inventory-ops.yml");

    private final String user;
    private final String inventoryFile;

    Login(String user, String inventoryFile) {
        this.user = user;
        this.inventoryFile = inventoryFile;
    }

    public String user() {
        return user;
    }

    /** The name, in the fleet's directory, of the inventory that uses this login. */
    public String inventoryFile() {
        return inventoryFile;
    }

    String home() {
        return this == ROOT ? "/root" : "/home/" + user;
    }
}
