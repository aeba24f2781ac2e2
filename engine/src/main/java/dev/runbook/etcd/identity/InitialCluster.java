package dev.runbook.etcd.identity;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The members with which a cluster is bootstrapped or restored: the value of etcd's {@code --initial-cluster}.
 *
 * <p>Prints as etcd does, {@code n1=https://..:2380,n2=https://..:2380}, sorted by name and URL
 * (etcd: client/pkg/types/urlsmap.go).
 *
 * @param members peer URLs by member name; each member has at least one, and no URL occurs twice
 */
public record InitialCluster(SortedMap<String, List<PeerUrl>> members) {
    private static final Pattern NAME = Pattern.compile("[^\\s,=\\p{Cntrl}]+");

    /** @throws IllegalArgumentException with a message for the operator */
    public InitialCluster {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("an initial cluster needs at least one member");
        }
        SortedMap<String, List<PeerUrl>> copy = new TreeMap<>();
        Map<PeerUrl, String> owners = new HashMap<>();
        members.forEach((name, urls) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "member name '" + name + "' is empty or has a comma, an equals sign or white space");
            }
            if (urls.isEmpty()) {
                throw new IllegalArgumentException("member " + name + " has no peer URL");
            }
            for (PeerUrl url : urls) {
                String owner = owners.putIfAbsent(url, name);
                if (owner != null) {
                    throw new IllegalArgumentException(
                            "peer URL " + url + " occurs twice: at " + owner + " and " + name);
                }
            }
            copy.put(name, urls.stream().sorted().toList());
        });
        members = Collections.unmodifiableSortedMap(copy);
    }

    /** A cluster in which each member has one peer URL. */
    public static InitialCluster of(Map<String, String> peerUrlByName) {
        SortedMap<String, List<PeerUrl>> members = new TreeMap<>();
        peerUrlByName.forEach((name, url) -> members.put(name, List.of(new PeerUrl(url))));
        return new InitialCluster(members);
    }

    /**
     * Reads {@code n1=url,n2=url,n2=url}. Empty parts are skipped, as etcd does.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    public static InitialCluster parse(String text) {
        SortedMap<String, List<PeerUrl>> members = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + part + "' in an initial cluster is not name=URL");
            }
            members.computeIfAbsent(part.substring(0, equals), name -> new ArrayList<>())
                    .add(new PeerUrl(part.substring(equals + 1).strip()));
        }
        return new InitialCluster(members);
    }

    /**
     * The IDs that every member of this cluster computes when it is bootstrapped or restored with this token.
     *
     * @param clusterToken {@code --initial-cluster-token}
     */
    public Membership membership(String clusterToken) {
        SortedMap<String, MemberId> ids = new TreeMap<>();
        members.forEach((name, urls) -> ids.put(name, MemberId.of(urls, clusterToken)));
        return new Membership(ids, ClusterId.of(ids.values()));
    }

    @Override
    public String toString() {
        return members.entrySet().stream()
                .flatMap(member -> member.getValue().stream().map(url -> member.getKey() + "=" + url))
                .sorted()
                .collect(joining(","));
    }
}
