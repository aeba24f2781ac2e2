package dev.runbook.node.ssh;

import dev.runbook.model.Connection;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What an operator can type to go the way that a connection goes, through the same jump hosts. */
final class HandCommands {
    private HandCommands() {}

    static String login(Connection.Ssh to, List<Connection.Ssh> jumps) {
        var through = jumps.stream().map(HandCommands::jump).collect(Collectors.joining(","));
        return "ssh" + (through.isEmpty() ? "" : " -J " + through) + " -p " + to.port() + " " + to.user() + "@"
                + to.address();
    }

    /** Behind jump hosts the last one asks for the keys, because ssh-keyscan dials directly. */
    static String addHostKeys(String host, int port, List<Connection.Ssh> jumps, Path file) {
        var scan = "ssh-keyscan" + (port == 22 ? " " : " -p " + port + " ") + host + " >> " + file;
        return jumps.isEmpty() ? scan : login(jumps.getLast(), jumps.subList(0, jumps.size() - 1)) + " " + scan;
    }

    /** The file is that of one kind: ssh-keygen takes a single one. */
    static String showHostKey(String type) {
        var kind = type.contains("ecdsa") ? "ecdsa" : type.contains("rsa") ? "rsa" : "ed25519";
        return "ssh-keygen -lf /etc/ssh/ssh_host_" + kind + "_key.pub";
    }

    private static String jump(Connection.Ssh host) {
        var address = host.address().contains(":") ? "[" + host.address() + "]" : host.address();
        return host.user() + "@" + address + ":" + host.port();
    }
}
