package dev.runbook.load.inventory;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Supported arguments of the {@code ssh} program: the jump hosts.
 *
 * @param jumps in the order of connection
 * @param ignored arguments without effect, as written
 * @param refused arguments that select another machine, and are not supported
 */
record SshArguments(List<Jump> jumps, List<String> ignored, List<String> refused) {
    /** A jump host. */
    record Jump(Optional<String> user, String address, int port) {}

    private static final Pattern JUMP =
            Pattern.compile("(?:ssh://)?(?:([^@]+)@)?(\\[[^]]+]|[^:\\[\\]]+)(?::(\\d{1,5}))?/?");
    private static final Pattern THROUGH = Pattern.compile("-W\\s*\\[?%h]?:%p");

    static SshArguments parse(String line) {
        List<Jump> jumps = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        var parsed = new SshArguments(jumps, ignored, refused);
        for (var words = ShellWords.split(line).iterator(); words.hasNext(); ) {
            var word = words.next();
            if (word.startsWith("-J")) {
                parsed.addJumps(valueOf(word, words), word);
            } else if (word.startsWith("-o")) {
                parsed.option(valueOf(word, words));
            } else {
                ignored.add(
                        word.length() == 2 && "-bcDEeFIiLlmOpQRSWw".indexOf(word.charAt(1)) >= 0 && words.hasNext()
                                ? word + " " + words.next()
                                : word);
            }
        }
        return parsed;
    }

    private static String valueOf(String word, Iterator<String> words) {
        return word.length() > 2 ? word.substring(2) : words.hasNext() ? words.next() : "";
    }

    private void option(String option) {
        var parts = option.strip().split("[\\s=]+", 2);
        var value = parts.length > 1 ? parts[1] : "";
        switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "proxyjump" -> addJumps(value, option);
            case "proxycommand" -> proxyCommand(value);
            default -> ignored.add("-o " + option);
        }
    }

    private void addJumps(String list, String shown) {
        if (list.equals("none")) {
            return;
        }
        for (var text : list.split(",", -1)) {
            jump(text.strip()).ifPresentOrElse(jumps::add, () -> refused.add(shown));
        }
    }

    private static Optional<Jump> jump(String text) {
        var matcher = JUMP.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var port = matcher.group(3) == null ? 22 : Integer.parseInt(matcher.group(3));
        var address = matcher.group(2).replace("[", "").replace("]", "");
        return port < 1 || port > 65535
                ? Optional.empty()
                : Optional.of(new Jump(Optional.ofNullable(matcher.group(1)), address, port));
    }

    /** The usual {@code ssh -W %h:%p user@bastion} is equivalent to a jump host; no other command is supported. */
    private void proxyCommand(String command) {
        var words = ShellWords.split(THROUGH.matcher(command).replaceFirst(""));
        Optional<String> port = Optional.empty();
        List<String> hosts = new ArrayList<>();
        var understood = THROUGH.matcher(command).find()
                && !words.isEmpty()
                && words.getFirst().endsWith("ssh");
        for (var i = 1; i < words.size() && understood; i++) {
            var word = words.get(i);
            if (word.equals("-p") && i + 1 < words.size()) {
                i++;
                port = Optional.of(words.get(i));
            } else if (word.equals("-o") && i + 1 < words.size()) {
                i++;
                ignored.add("-o " + words.get(i));
            } else if (!word.equals("-q")) {
                hosts.add(word);
                understood = !word.startsWith("-");
            }
        }
        var suffix = port.map(number -> ":" + number).orElse("");
        var jump = understood && hosts.size() == 1 ? jump(hosts.getFirst() + suffix) : Optional.<Jump>empty();
        jump.ifPresentOrElse(jumps::add, () -> refused.add("ProxyCommand " + command));
    }
}
