package dev.runbook.load.ssh;

import dev.runbook.load.ssh.SshArguments.Jump;
import dev.runbook.load.ssh.SshArguments.Refused;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the arguments of {@code ssh} as its own getopt does: flags may be joined, and a value may follow its letter. */
final class SshArgumentReader {
    /** The letters that take a value, of OpenSSH 9.9 (ssh.c). */
    private static final String VALUED = "BbcDEeFIiJLlmOoPpQRSWw";

    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final Pattern THROUGH = Pattern.compile("-W\\s*\\[?%h]?:%p");

    private static final String AS_JUMP = "write it as -J user@host:port, or as -o ProxyJump=user@host:port";
    private static final String WITHOUT =
            "remove it if this machine reaches the host without it, or go through a jump host with -J user@host";

    private Optional<String> hostName = Optional.empty();
    private Optional<Integer> port = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<List<Jump>> jumps = Optional.empty();
    private final List<String> identities = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private final List<String> bare = new ArrayList<>();

    SshArguments read(List<String> words) {
        take(words);
        bare.forEach(word -> refused.add(
                new Refused(word, "remove it: ssh would take it for the host; write the address as ansible_host")));
        return new SshArguments(hostName, port, user, identities, jumps, ignored, refused);
    }

    private void take(List<String> all) {
        for (var words = all.iterator(); words.hasNext(); ) {
            var word = words.next();
            if (word.length() < 2 || word.charAt(0) != '-') {
                bare.add(word);
            } else if (!word.equals("--")) {
                letters(word, words);
            }
        }
    }

    private void letters(String word, Iterator<String> words) {
        for (var i = 1; i < word.length(); i++) {
            var letter = word.charAt(i);
            if (VALUED.indexOf(letter) < 0) {
                ignored.add("-" + letter);
                continue;
            }
            var rest = word.substring(i + 1);
            valued(letter, rest.isEmpty() && words.hasNext() ? words.next() : rest);
            return;
        }
    }

    private void valued(char letter, String value) {
        var shown = "-" + letter + " " + value;
        switch (letter) {
            case 'p' -> port(value, shown);
            case 'l' -> user = user.or(() -> Optional.of(value));
            case 'i' -> identity(value);
            case 'J' -> jumps(value, shown);
            case 'o' -> option(value);
            case 'F' -> configuration(value, shown);
            case 'b', 'B', 'W' -> refused.add(new Refused(shown, WITHOUT));
            default -> ignored.add(shown);
        }
    }

    private void option(String option) {
        var parts = option.strip().split("\\s*[\\s=]\\s*", 2);
        var value = unquoted(parts.length > 1 ? parts[1] : "");
        var shown = "-o " + option;
        switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "port" -> port(value, shown);
            case "user" -> user = user.or(() -> Optional.of(value));
            case "identityfile" -> identity(value);
            case "hostname" -> hostName = hostName.or(() -> Optional.of(value));
            case "proxyjump" -> jumps(value, shown);
            case "proxycommand" -> proxyCommand(value);
            case "include" -> configuration(value, shown);
            case "bindaddress", "bindinterface" -> refused.add(new Refused(shown, WITHOUT));
            case "canonicalizehostname" -> {
                if (value.equalsIgnoreCase("no")) {
                    ignored.add(shown);
                } else {
                    refused.add(new Refused(shown, "write the complete name, or the address, as ansible_host"));
                }
            }
            default -> ignored.add(shown);
        }
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    private void identity(String value) {
        if (!value.equals("none") && !value.isEmpty()) {
            identities.add(value);
        }
    }

    /** Without a file of settings ssh does as we do. */
    private void configuration(String value, String shown) {
        if (!value.equals("none") && !value.equals("/dev/null")) {
            refused.add(new Refused(
                    shown,
                    "write what it says of this host as ansible_host, ansible_port, ansible_user,"
                            + " ansible_ssh_private_key_file and -J; `ssh -F " + value + " -G HOST` shows it"));
        }
    }

    private void port(String value, String shown) {
        if (isPort(value)) {
            port = port.or(() -> Optional.of(Integer.parseInt(value)));
        } else {
            refused.add(new Refused(shown, "a port is a number from 1 to 65535"));
        }
    }

    private static boolean isPort(String value) {
        return PORT.matcher(value).matches() && Integer.parseInt(value) >= 1 && Integer.parseInt(value) <= 65535;
    }

    private void jumps(String list, String shown) {
        List<Jump> read = new ArrayList<>();
        for (var text : list.equals("none") ? List.<String>of() : List.of(list.split(",", -1))) {
            SshDestination.parse(text.strip())
                    .ifPresentOrElse(
                            found -> read.add(new Jump(
                                    found.user(), found.address(), found.port().orElse(22), List.of())),
                            () -> refused.add(new Refused(shown, AS_JUMP)));
        }
        way(read, shown);
    }

    private void way(List<Jump> found, String shown) {
        if (jumps.isEmpty()) {
            jumps = Optional.of(found);
        } else if (!jumps.get().equals(found)) {
            ignored.add(shown + " (ssh takes the first)");
        }
    }

    /** The usual {@code ssh -W %h:%p user@bastion} is equivalent to a jump host; no other command is supported. */
    private void proxyCommand(String command) {
        var shown = "ProxyCommand " + command;
        if (command.equals("none")) {
            way(List.of(), shown);
            return;
        }
        var words = ShellWords.split(THROUGH.matcher(command).replaceFirst(""));
        var inner = new SshArgumentReader();
        if (!words.isEmpty()) {
            inner.take(words.subList(1, words.size()));
        }
        var isJump = THROUGH.matcher(command).find()
                && !words.isEmpty()
                && (words.getFirst().equals("ssh") || words.getFirst().endsWith("/ssh"))
                && inner.refused.isEmpty()
                && inner.hostName.isEmpty()
                && inner.bare.size() == 1;
        var destination = isJump ? SshDestination.parse(inner.bare.getFirst()) : Optional.<SshDestination>empty();
        if (destination.isEmpty()) {
            refused.add(new Refused(shown, AS_JUMP));
            return;
        }
        inner.ignored.stream().filter(word -> word.startsWith("-o ")).forEach(ignored::add);
        List<Jump> found = new ArrayList<>(inner.jumps.orElse(List.of()));
        found.add(new Jump(
                inner.user.or(destination.get()::user),
                destination.get().address(),
                inner.port.or(destination.get()::port).orElse(22),
                inner.identities));
        way(found, shown);
    }
}
