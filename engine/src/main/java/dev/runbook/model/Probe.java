package dev.runbook.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A question with yes or no for an answer, asked of a node again and again until it says yes or its deadline passes. */
public sealed interface Probe {
    /** One line for plans and messages, as in "waited 30s until <em>etcd's container is gone</em>". */
    String describe();

    /** Answered by a few lines of sh on the node. */
    sealed interface OnNode extends Probe {}

    /** Answered over a connection that is tunnelled through the node. */
    sealed interface Tunnelled extends Probe {}

    record PathPresent(String path) implements OnNode {
        @Override
        public String describe() {
            return path + " is there";
        }
    }

    record PathAbsent(String path) implements OnNode {
        @Override
        public String describe() {
            return path + " is gone";
        }
    }

    /** No process holds bbolt's lock on the file (flock -n succeeds), or the file is not there. */
    record LockFree(String path) implements OnNode {
        @Override
        public String describe() {
            return "no process holds " + path;
        }
    }

    /** A container of this name runs in the kubelet's runtime. */
    record ContainerRunning(String name) implements OnNode {
        @Override
        public String describe() {
            return "container " + name + " runs";
        }
    }

    /** No container of this name runs in the kubelet's runtime. */
    record ContainerGone(String name) implements OnNode {
        @Override
        public String describe() {
            return "no container " + name + " runs";
        }
    }

    /** All that components need to start is there, so that what is stopped now can start again. */
    record CanStart(List<Need> needs) implements OnNode {
        public CanStart {
            needs = List.copyOf(needs);
        }

        @Override
        public String describe() {
            var who = needs.stream().map(Need::component).distinct().toList();
            return "all " + needs.size() + " files and images that " + String.join(", ", who)
                    + (who.size() == 1 ? " needs" : " need") + " to start again are there";
        }
    }

    record UnitActive(String unit) implements OnNode {
        @Override
        public String describe() {
            return unit + " is active";
        }
    }

    record UnitInactive(String unit) implements OnNode {
        @Override
        public String describe() {
            return unit + " has stopped";
        }
    }

    /**
     * systemd has a setting as a drop-in wrote it: no other one overrides it.
     *
     * @param property as {@code systemctl show} names it
     * @param text words that its value contains, without double quotes
     */
    record UnitShows(String unit, String property, String text) implements OnNode {
        @Override
        public String describe() {
            return unit + " has the " + property + " of this run's drop-in";
        }
    }

    /** The program ends with status 0. */
    record ProgramSucceeds(List<String> argv) implements OnNode {
        public ProgramSucceeds {
            argv = List.copyOf(argv);
        }

        @Override
        public String describe() {
            return "`" + String.join(" ", argv) + "` succeeds";
        }
    }

    /** A member answers for itself, and is who and what it should be. */
    record MemberIs(EtcdAccess access, Expected expected) implements Tunnelled {
        @Override
        public String describe() {
            return "the member at " + access.url() + " " + expected.describe();
        }
    }

    /**
     * All these members, asked through one node, show one cluster ID, one leader and one HashKV at one explicit
     * revision. For the case that no prediction is there to compare with.
     */
    record MembersAgree(List<EtcdAccess> members) implements Tunnelled {
        public MembersAgree {
            members = List.copyOf(members);
        }

        @Override
        public String describe() {
            return members.size() + " members agree on cluster, leader and HashKV";
        }
    }

    /** GET https://host:port/path answers 200. Certificates are checked against the authority file on the node. */
    record HttpsOk(String host, int port, String path, Optional<String> authorityFile) implements Tunnelled {
        @Override
        public String describe() {
            return "https://" + host + ":" + port + path + " answers 200";
        }
    }

    /**
     * The member serves its peers: its peer port answers in its own protocol. A starting member opens that port before its
     * initial corruption check and answers there only after it.
     */
    record PeerServes(String host, int port, boolean tls) implements Tunnelled {
        @Override
        public String describe() {
            var bracketed = host.contains(":") ? "[" + host + "]" : host;
            return "the member at " + (tls ? "https://" : "http://") + bracketed + ":" + port + " serves its peers";
        }
    }

    /** The member has stopped: nothing listens on its peer port any more, which etcd closes last. */
    record PeerStopped(String host, int port) implements Tunnelled {
        @Override
        public String describe() {
            var bracketed = host.contains(":") ? "[" + host + "]" : host;
            return "the member at " + bracketed + ":" + port + " has stopped";
        }
    }

    /** A key is there, or is not, as the member at this address sees it. */
    record KeyPresence(EtcdAccess access, String key, boolean present) implements Tunnelled {
        @Override
        public String describe() {
            return key + (present ? " is present" : " is absent") + " at " + access.url();
        }
    }

    /**
     * What a member must show. IDs are lower-case hex without padding, as etcd prints them; an empty field is not asked.
     *
     * @param minimumRevision the store's revision is this or higher
     * @param hash HashKV at exactly this revision
     * @param settled a leader is known, no alarm is raised but those in {@code tolerated}, no member is a learner
     * @param tolerated alarms that may be raised, as {@code NOSPACE 8e9e05c52164694d}; empty for none
     */
    record Expected(
            Optional<String> memberId,
            Optional<String> clusterId,
            OptionalLong minimumRevision,
            Optional<HashAt> hash,
            boolean settled,
            Optional<List<String>> tolerated) {
        public Expected {
            tolerated = tolerated.map(List::copyOf);
        }

        /** A settled member may have no alarm at all. */
        public Expected(
                Optional<String> memberId,
                Optional<String> clusterId,
                OptionalLong minimumRevision,
                Optional<HashAt> hash,
                boolean settled) {
            this(memberId, clusterId, minimumRevision, hash, settled, Optional.empty());
        }

        public Expected tolerating(List<String> alarms) {
            return new Expected(
                    memberId,
                    clusterId,
                    minimumRevision,
                    hash,
                    settled,
                    alarms.isEmpty() ? Optional.empty() : Optional.of(alarms));
        }

        public static Expected anyone() {
            return new Expected(Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty(), true);
        }

        String describe() {
            var text = new StringBuilder();
            memberId.ifPresent(id -> text.append("is ").append(id));
            clusterId.ifPresent(id -> text.append(text.isEmpty() ? "is in cluster " : " in cluster ")
                    .append(id));
            minimumRevision.ifPresent(revision -> text.append(text.isEmpty() ? "is at revision >= " : ", revision >= ")
                    .append(revision));
            hash.ifPresent(at ->
                    text.append(", HashKV ").append(at.hash()).append(" at ").append(at.revision()));
            tolerated.ifPresent(alarms -> text.append(text.isEmpty() ? "has no alarm but " : ", no alarm but ")
                    .append(String.join(", ", alarms)));
            return text.isEmpty() ? "is healthy" : text.toString();
        }
    }

    /**
     * HashKV at a revision.
     *
     * @param hash CRC32C as an unsigned 32-bit number
     */
    record HashAt(long revision, long hash) {}
}
