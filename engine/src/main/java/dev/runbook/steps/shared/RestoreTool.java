package dev.runbook.steps.shared;

import dev.runbook.facts.HostFacts;
import dev.runbook.facts.MemberFacts;
import dev.runbook.model.EtcdTool;
import java.util.Optional;

/** The program that restores snapshots on a host, with its version. */
public record RestoreTool(EtcdTool tool, EtcdVersion version) {

    /** The server's version, from the running member, else its image's tag, else the tools on the host. */
    public static Optional<EtcdVersion> serverVersion(HostFacts facts, MemberFacts member) {
        return member.liveVersion()
                .flatMap(EtcdVersion::find)
                .or(() -> member.image().flatMap(RestoreTool::ofImage))
                .or(() -> ofProgram(facts, "etcd"))
                .or(() -> ofProgram(facts, "etcdutl"))
                .or(() -> ofProgram(facts, "etcdctl"));
    }

    /**
     * A program of the server's own MAJOR.MINOR: on the host, else in the member's own image. Empty when there is none.
     */
    public static Optional<RestoreTool> find(HostFacts facts, MemberFacts member) {
        return serverVersion(facts, member).flatMap(server -> {
            var program = server.restoreProgram();
            var onHost = ofProgram(facts, program)
                    .filter(server::sameMinor)
                    .flatMap(version -> Optional.ofNullable(facts.tools().get(program))
                            .map(found -> new RestoreTool(new EtcdTool.OnHost(program, found.path()), version)));
            if (onHost.isPresent()) {
                return onHost;
            }
            return member.image()
                    .filter(_ -> facts.tools().containsKey("ctr"))
                    .map(image -> new RestoreTool(new EtcdTool.InImage(program, image), server));
        });
    }

    private static Optional<EtcdVersion> ofProgram(HostFacts facts, String program) {
        return Optional.ofNullable(facts.tools().get(program)).flatMap(tool -> EtcdVersion.find(tool.version()));
    }

    private static Optional<EtcdVersion> ofImage(String image) {
        // The registry's name may have a port, so only what follows the last colon counts.
        int colon = image.lastIndexOf(':');
        return colon < 0 ? Optional.empty() : EtcdVersion.find(image.substring(colon + 1));
    }
}
