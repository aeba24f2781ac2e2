package dev.runbook.steps.verify;

import dev.runbook.facts.MemberFacts;
import dev.runbook.model.EtcdAccess;

/** Address at which other hosts reach a member. */
final class MemberAddress {
    private MemberAddress() {}

    /** The member's first advertised client URL, with the client certificate of the querying host. */
    static EtcdAccess reachableFromOthers(MemberFacts member) {
        return member.clientUrls().stream()
                .findFirst()
                .flatMap(url -> EtcdAccess.at(url, member.access().tls()))
                .orElse(member.access());
    }
}
