package dev.runbook.etcd.client;

import dev.runbook.etcd.identity.InitialCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real etcd on the loopback interface, with its data in a folder of the test; close stops it. */
public final class LocalEtcd implements AutoCloseable {
    public final Path folder;
    public final int clientPort;
    final String peerUrl;
    private final Process process;

    private LocalEtcd(Path folder, int clientPort, String peerUrl, Process process) {
        this.folder = folder;
        this.clientPort = clientPort;
        this.peerUrl = peerUrl;
        this.process = process;
    }

    /** Sends its process a signal, such as STOP. */
    public void signal(String name) throws IOException, InterruptedException {
        LocalPrograms.run(folder, "kill", "-" + name, Long.toString(process.pid()));
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts a cluster of one member. */
    public static LocalEtcd start(Path folder, String dataDir, String peerUrl, String token, String... more)
            throws IOException {
        return start(folder, "m1", dataDir, Map.of("m1", peerUrl), token, more);
    }

    static LocalEtcd start(
            Path folder, String name, String dataDir, Map<String, String> peers, String token, String... more)
            throws IOException {
        int port = freePort();
        String scheme = more.length > 0 && more[0].startsWith("--cert-file") ? "https" : "http";
        String client = scheme + "://127.0.0.1:" + port;
        String peerUrl = peers.getOrDefault(name, "");
        List<String> command = new ArrayList<>(List.of("etcd", "--name=" + name, "--data-dir=" + dataDir));
        command.add("--listen-client-urls=" + client);
        command.add("--advertise-client-urls=" + client);
        command.add("--listen-peer-urls=" + peerUrl);
        command.add("--initial-advertise-peer-urls=" + peerUrl);
        command.add("--initial-cluster=" + InitialCluster.of(peers));
        command.add("--initial-cluster-token=" + token);
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        return new LocalEtcd(folder, port, peerUrl, process);
    }

    public static String newPeerUrl() throws IOException {
        return "http://127.0.0.1:" + freePort();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort);
    }

    EtcdReader reader() throws EtcdFailure {
        return EtcdReader.open(address(), Optional.empty(), "127.0.0.1", Duration.ofSeconds(3));
    }

    LocalEtcd ready() throws EtcdFailure, InterruptedException {
        Instant end = Instant.now().plusSeconds(15);
        while (true) {
            try (EtcdReader reader = reader()) {
                if (reader.status().leader().isPresent()) {
                    return this;
                }
            } catch (EtcdFailure notYet) {
                if (Instant.now().isAfter(end)) {
                    throw notYet;
                }
            }
            Thread.sleep(50);
        }
    }

    String etcdctl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("etcdctl", "--command-timeout=60s", "--endpoints=http://127.0.0.1:" + clientPort));
        command.addAll(List.of(arguments));
        return LocalPrograms.run(folder, command);
    }

    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
