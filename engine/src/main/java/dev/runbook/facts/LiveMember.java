package dev.runbook.facts;

import java.util.List;
import java.util.Optional;

/** The answer of a member, or the reason why it does not answer. */
public sealed interface LiveMember {
    /**
     * The member answers.
     *
     * @param memberId hex as etcd prints it
     * @param leaderId empty when it knows none
     * @param apiServers addresses under /registry/masterleases/: every API server that wrote here in the last seconds
     */
    record Answers(
            String memberId,
            String clusterId,
            Optional<String> leaderId,
            String version,
            long revision,
            List<Peer> members,
            List<String> alarms,
            List<String> apiServers)
            implements LiveMember {
        public Answers {
            members = List.copyOf(members);
            alarms = List.copyOf(alarms);
            apiServers = List.copyOf(apiServers);
        }
    }

    /** One row of the member list. */
    record Peer(String id, String name, List<String> peerUrls, boolean learner) {
        public Peer {
            peerUrls = List.copyOf(peerUrls);
        }
    }

    /**
     * The member does not answer.
     *
     * @param why one line, for the operator
     * @param cause the kind of reason; empty in facts documents of earlier versions
     */
    record Silent(String why, Optional<Silence> cause) implements LiveMember {
        public static Silent because(String why, Silence cause) {
            return new Silent(why, Optional.of(cause));
        }

        /** The kind of reason, from the words where the document does not name it. */
        public Silence kind() {
            return cause.orElseGet(() -> Silence.told(why));
        }
    }
}
