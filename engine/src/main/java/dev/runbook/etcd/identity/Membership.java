package dev.runbook.etcd.identity;

import java.util.Collections;
import java.util.HashSet;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The members of a cluster and their IDs.
 *
 * @param members IDs by member name; no two are the same
 * @param clusterId the cluster's ID
 */
public record Membership(SortedMap<String, MemberId> members, ClusterId clusterId) {
    public Membership {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a membership needs at least one member");
        }
        if (new HashSet<>(members.values()).size() != members.size()) {
            throw new IllegalArgumentException("two members have the same ID: " + members);
        }
    }

    /**
     * The ID of one member.
     *
     * @throws IllegalArgumentException when no member has that name
     */
    public MemberId member(String name) {
        MemberId id = members.get(name);
        if (id == null) {
            throw new IllegalArgumentException(
                    "no member is named '" + name + "'; the members are " + members.keySet());
        }
        return id;
    }
}
