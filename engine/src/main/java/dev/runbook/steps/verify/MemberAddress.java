package dev.runbook.steps.verify;

import dev.runbook.facts.MemberFacts;
import dev.runbook.model.EtcdAccess;
import java.net.URI;

/** Address at which other hosts reach a member. */
final class MemberAddress {
    private MemberAddress() {}

    /** The member's first advertised client URL, with the client certificate of the querying host. */
    static EtcdAccess reachableFromOthers(MemberFacts member) {
        return member.clientUrls().stream()
                .findFirst()
                .map(URI::create)
                .map(url -> new EtcdAccess(
                        url.getHost(),
                        url.getPort() < 0 ? 2379 : url.getPort(),
                        member.access().tls()))
                .orElse(member.access());
    }
}
