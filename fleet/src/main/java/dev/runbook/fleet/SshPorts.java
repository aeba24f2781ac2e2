package dev.runbook.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Local ports for the nodes' sshd. Chosen here, because the container engine would assign others after a power cut. */
final class SshPorts {
    private static final int LOWEST = 20_000;
    /** Below the kernel's ephemeral ports. */
    private static final int HIGHEST = 32_000;

    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private SshPorts() {}

    static int free() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port) && HANDED_OUT.add(port)) {
                return port;
            }
        }
        throw new FleetException("no free port between %d and %d".formatted(LOWEST, HIGHEST));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** Why an SSH client cannot connect; empty if sshd sends its greeting. */
    static String sshProblem(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(1000);
            String greeting = new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
            return greeting.equals("SSH-") ? "" : "port " + port + ": no SSH greeting but '" + greeting + "'";
        } catch (IOException refused) {
            return "port " + port + ": " + refused.getMessage();
        }
    }
}
