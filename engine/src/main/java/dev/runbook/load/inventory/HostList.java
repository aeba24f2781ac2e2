package dev.runbook.load.inventory;

import dev.runbook.load.source.Surroundings;
import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Hosts on the command line, as Ansible takes them: {@code -i host,} or {@code -i host1,host2:2222}. */
public final class HostList {
    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[([^]]*:[^]]*)]|([^:]+)):(\\d{1,5})");

    private HostList() {}

    /** Whether the value of {@code -i} is a list of hosts: it has a comma, and no file has this name. */
    public static boolean isOne(Path given, Surroundings surroundings) {
        return given.toString().contains(",")
                && !Files.exists(surroundings.currentFolder().resolve(given));
    }

    /** The value of {@code -i} as another call from any folder can give it. */
    public static String recorded(Path given, Surroundings surroundings) {
        return isOne(given, surroundings)
                ? given.toString()
                : surroundings.currentFolder().resolve(given).toString();
    }

    static void addTo(InventoryDraft draft, Path given, Consumer<Problem> problems) {
        for (var written : given.toString().split(",", -1)) {
            if (!written.isBlank()) {
                add(draft, written.strip(), problems);
            }
        }
    }

    private static void add(InventoryDraft draft, String written, Consumer<Problem> problems) {
        var withPort = WITH_PORT.matcher(written);
        var hasPort = withPort.matches();
        var name = hasPort
                ? Optional.ofNullable(withPort.group(1)).orElseGet(() -> withPort.group(2))
                : written.matches("\\[[^]]*:[^]]*:[^]]*]") ? written.substring(1, written.length() - 1) : written;
        try {
            for (var host : name.contains("::") ? List.of(name) : HostRange.expand(name)) {
                draft.addHost(InventoryDraft.UNGROUPED, host);
                if (hasPort) {
                    draft.hostVars(host).put("ansible_port", YamlDocument.text("-i", withPort.group(3)));
                }
            }
        } catch (IllegalArgumentException range) {
            problems.accept(Problem.ofCall(
                    "host-range", "-i " + written + ": " + range.getMessage(), "write a range as [1:3] or [a:c]"));
        }
    }
}
