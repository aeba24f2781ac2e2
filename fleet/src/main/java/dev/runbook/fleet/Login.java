package dev.runbook.fleet;

/** The ways in which people reach a node: as root, or as a user who needs sudo with or without a password. */
public enum Login {
    ROOT("root", "inventory.yml"),
    /** Sudo asks for the fleet's password. */
    SRE("sre", "inventory-sre.yml"),
    /** Sudo asks for nothing. */
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
