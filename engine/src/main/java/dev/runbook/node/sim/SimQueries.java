package dev.runbook.node.sim;

import dev.runbook.facts.FileFacts;
import dev.runbook.model.Answer;
import dev.runbook.model.Query;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a simulated node says to queries. */
final class SimQueries {
    /** Sizes that a small cluster has; a WAL segment is 64 MB from its first byte on (etcd: server/storage/wal). */
    static final long DATABASE = 1 << 20;

    private static final long WAL = 64 << 20;
    private static final long FREE = 20L << 30;
    private static final String DATABASE_FILE = "/member/snap/db";
    private static final String WAL_FOLDER = "/member/wal";
    private static final Pattern IMAGE = Pattern.compile("(?m)^\\s*image: (\\S+)");

    private final SimNode node;
    private final SimTree tree;

    SimQueries(SimNode node) {
        this.node = node;
        this.tree = node.tree;
    }

    Answer to(Query query) {
        return switch (query) {
            case Query.WhoAmI() ->
                new Answer.Identity(
                        "root", 0, node.name(), node.cluster().time().instant());
            case Query.Stat(var path) -> stat(path);
            case Query.ReadText(var path, var maximum) -> text(path, maximum);
            case Query.ListFolder(var path) ->
                tree.content(path).filter(SimTree::isFolder).isPresent()
                        ? new Answer.Names(tree.names(path))
                        : new Answer.Missing();
            case Query.FreeSpace _ -> new Answer.Bytes(FREE);
            case Query.TreeSize(var path) -> size(path);
            case Query.Digest(var path) -> digest(path);
            case Query.UnitProperties(var unit, var _) -> properties(unit);
            case Query.FindTool(var program, var _) ->
                Optional.<Answer>ofNullable(node.seeded().tools().get(program)).orElse(new Answer.Missing());
            case Query.LackOf(var need) -> new Answer.Lack(node.seeded().lacking(need));
            case Query.RunningContainers() -> containers();
        };
    }

    private Answer stat(String path) {
        if (path.endsWith(DATABASE_FILE) && hasMember(path, DATABASE_FILE)) {
            return info(
                    Answer.Kind.FILE, tree.thing(memberOf(path, DATABASE_FILE)).orElseThrow(), path, DATABASE);
        }
        return tree.thing(path)
                .<Answer>map(thing -> thing.folder()
                        ? info(Answer.Kind.FOLDER, thing, path, 4096)
                        : info(Answer.Kind.FILE, thing, path, length(thing)))
                .orElse(new Answer.Missing());
    }

    private Answer info(Answer.Kind kind, SimTree.Thing thing, String path, long size) {
        boolean mounted = node.seeded().mountPoints().contains(path);
        return new Answer.PathInfo(kind, thing.attributes(), size, Instant.EPOCH, mounted, 1, Optional.empty());
    }

    private boolean hasMember(String path, String inside) {
        return tree.content(memberOf(path, inside))
                .filter(content -> content.contains("@"))
                .isPresent();
    }

    private static String memberOf(String path, String inside) {
        return path.substring(0, path.length() - inside.length()) + "/member";
    }

    private long length(SimTree.Thing thing) {
        return tree.sent(thing.content()).map(SimTree.Sent::size).orElse((long)
                thing.content().getBytes(StandardCharsets.UTF_8).length);
    }

    private Answer text(String path, int maximum) {
        var thing = tree.thing(path).filter(found -> !found.folder());
        if (thing.isEmpty()) {
            return new Answer.Missing();
        }
        if (length(thing.get()) > maximum) {
            return new Answer.Refused(path + " has more than " + maximum + " bytes");
        }
        var sent = tree.sent(thing.get().content());
        try {
            return new Answer.Text(
                    sent.isPresent()
                            ? Files.readString(sent.get().source())
                            : thing.get().content());
        } catch (IOException e) {
            return new Answer.Refused(path + " was sent from "
                    + sent.orElseThrow().source() + ", which cannot be read any more: " + e.getMessage());
        }
    }

    private Answer size(String path) {
        if (path.endsWith(WAL_FOLDER) && hasMember(path, WAL_FOLDER)) {
            return new Answer.Bytes(WAL);
        }
        return tree.content(path)
                .<Answer>map(content -> new Answer.Bytes(content.contains("@") ? WAL : content.length()))
                .orElse(new Answer.Missing());
    }

    private Answer digest(String path) {
        return tree.thing(path)
                .filter(thing -> !thing.folder())
                .<Answer>map(thing -> new Answer.Text(
                        tree.sent(thing.content()).isPresent() ? thing.content() : FileFacts.sha256(thing.content())))
                .orElse(new Answer.Missing());
    }

    private Answer properties(String unit) {
        var known = node.services.properties(unit);
        if (known.isEmpty()) {
            return new Answer.Properties(Map.of("LoadState", "not-found", "ActiveState", "inactive"));
        }
        var properties = new LinkedHashMap<>(known.get());
        boolean runs = node.services.runs(unit);
        properties.put("LoadState", "loaded");
        properties.put("ActiveState", runs ? "active" : "inactive");
        properties.put("SubState", runs ? "running" : "dead");
        return new Answer.Properties(properties);
    }

    private Answer containers() {
        if (!node.seeded().units().containsKey(SimServices.KUBELET)) {
            return new Answer.Missing();
        }
        return new Answer.Containers(node.services.containers.stream()
                .map(pod -> new Answer.Container(pod + "-id", pod, pod + "-" + node.name(), image(pod)))
                .toList());
    }

    private String image(String pod) {
        return tree.content(SimServices.MANIFESTS + "/" + pod + ".yaml")
                .map(IMAGE::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1))
                .orElse("");
    }
}
