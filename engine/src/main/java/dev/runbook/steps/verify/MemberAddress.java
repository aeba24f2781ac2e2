package dev.runbook.steps.verify;

import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.etcd.config.EtcdUrl;
import dev.runbook.facts.MemberFacts;
import dev.runbook.model.EtcdAccess;

/** Address at which other hosts reach a member. */
final class MemberAddress {
    private MemberAddress() {}

    /** The member's first advertised client URL, with the client certificate of the querying host. */
    static EtcdAccess reachableFromOthers(MemberFacts member) {
        for (var url : member.clientUrls()) {
            try {
                var address = EtcdUrl.parse(url);
                return new EtcdAccess(
                        address.host(), address.port(), member.access().tls());
            } catch (ConfigProblem notForOthers) {
                // A socket of the file system, say; the next one may do.
            }
        }
        return member.access();
    }
}
