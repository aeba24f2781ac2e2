package dev.runbook.steps.verify;

import dev.runbook.facts.MemberFacts;
import dev.runbook.model.EtcdAccess;
import java.net.URI;

/** Where other hosts reach a member. */
final class MemberAddress {
    private MemberAddress() {}

    /** Its first advertised client URL, asked with the certificate that the asking host uses for itself. */
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
