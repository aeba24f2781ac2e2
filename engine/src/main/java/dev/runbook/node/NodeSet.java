package dev.runbook.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Nodes by host, and how work is spread over them: one virtual thread each. */
public record NodeSet(SequencedMap<String, Node> nodes) implements AutoCloseable {
    public NodeSet {
        nodes = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(nodes));
    }

    public Node node(String host) {
        var node = nodes.get(host);
        if (node == null) {
            throw new IllegalArgumentException("no connection to " + host);
        }
        return node;
    }

    /** Ends what runs on all of them. */
    public void cancel() {
        nodes.values().forEach(Node::cancel);
    }

    /** Drops every connection at once, from any thread: what waits for an answer gets none. */
    public void disconnect() {
        nodes.values().forEach(Node::close);
    }

    @Override
    public void close() {
        onEach(nodes.keySet(), host -> {
            node(host).close();
            return host;
        });
    }

    /** Does the same on many hosts at once and waits for all; the order of the result is that of the hosts. */
    public static <T> SequencedMap<String, T> onEach(Collection<String> hosts, Function<String, T> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new LinkedHashMap<String, Future<T>>();
            hosts.forEach(host -> running.put(host, threads.submit(() -> work.apply(host))));
            var results = new LinkedHashMap<String, T>();
            for (Map.Entry<String, Future<T>> entry : running.entrySet()) {
                results.put(entry.getKey(), finished(entry.getValue(), new ArrayList<>(running.values())));
            }
            return results;
        }
    }

    private static <T> T finished(Future<T> future, Collection<Future<T>> all) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("work on a host threw instead of giving a result", e.getCause());
        } catch (InterruptedException e) {
            all.forEach(other -> other.cancel(true));
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while hosts were working", e);
        }
    }
}
