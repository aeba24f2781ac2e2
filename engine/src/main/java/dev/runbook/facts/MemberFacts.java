package dev.runbook.facts;

import dev.runbook.model.EtcdAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The etcd member that a host is configured to run, running or not.
 *
 * @param name its own {@code --name}
 * @param peerUrls its own {@code --initial-advertise-peer-urls}
 * @param clientUrls its {@code --advertise-client-urls}
 * @param access how its own host queries it
 * @param flags every flag, without dashes, from all sources that etcd reads
 * @param image of a static pod
 * @param walDir the WAL folder, when it is not in the data folder
 */
public record MemberFacts(
        String name,
        List<String> peerUrls,
        List<String> clientUrls,
        EtcdAccess access,
        MemberSource source,
        Map<String, String> flags,
        Optional<String> image,
        DataFacts data,
        Optional<DataFacts> walDir,
        LiveMember live) {
    public MemberFacts {
        peerUrls = List.copyOf(peerUrls);
        clientUrls = List.copyOf(clientUrls);
        flags = Map.copyOf(flags);
    }

    /** How other hosts ask it: at its first advertised URL, with certificates at the same paths as on its own host. */
    public EtcdAccess fromOthers() {
        return clientUrls.stream()
                .findFirst()
                .flatMap(url -> EtcdAccess.at(url, access.tls()))
                .orElse(access);
    }

    /** The file whose lock a running etcd holds. */
    public String database() {
        return data.path() + "/member/snap/db";
    }

    /** Version of the running server, when it answers. */
    public Optional<String> liveVersion() {
        return live instanceof LiveMember.Answers answers ? Optional.of(answers.version()) : Optional.empty();
    }
}
