package dev.runbook.fleet;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Keeps a fleet running for a look at it by hand: {@code external trixie 3} or {@code stacked 3}, until Enter or SIGTERM. */
public final class FleetMain {
    private FleetMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Instant begin = Instant.now();
        try (Fleet fleet = start(arguments, out)) {
            out.printf(
                    "up after %d ms%n", Duration.between(begin, Instant.now()).toMillis());
            fleet.nodes().forEach(node -> out.printf("  %s, container %.12s%n", node, node.containerId()));
            out.printf("directory: %s%n", fleet.directory());
            FleetNode first = fleet.nodes().getFirst();
            out.printf(
                    "try: ssh -i %1$s/id_ed25519 -o UserKnownHostsFile=%1$s/known_hosts -p %2$d root@127.0.0.1%n",
                    fleet.directory(), first.sshPort());
            out.println("Enter or SIGTERM ends it.");
            if (System.in.read() < 0) {
                // No terminal: only a signal ends it, through the fleet's shutdown hook.
                new CountDownLatch(1).await();
            }
        }
    }

    private static Fleet start(String[] arguments, PrintStream out) {
        return switch (String.join(" ", arguments).toLowerCase(Locale.ROOT).split(" ")) {
            case String[] words
            when words.length == 3 && words[0].equals("external") ->
                Fleet.external(
                        DebianSuite.valueOf(words[1].toUpperCase(Locale.ROOT)),
                        Integer.parseInt(words[2]),
                        out::println);
            case String[] words
            when words.length == 2 && words[0].equals("stacked") ->
                Fleet.stacked(Integer.parseInt(words[1]), out::println);
            case String[] words ->
                throw new IllegalArgumentException(
                        "external bookworm|trixie MEMBERS, or stacked MEMBERS; not " + Arrays.toString(words));
        };
    }
}
