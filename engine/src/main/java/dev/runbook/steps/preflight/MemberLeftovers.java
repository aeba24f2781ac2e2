package dev.runbook.steps.preflight;

import dev.runbook.facts.HostFacts;
import dev.runbook.facts.LiveMember;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.model.EtcdAccess;
import dev.runbook.model.Problem;
import dev.runbook.steps.shared.EtcdVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks of what a member's configuration still has from an earlier recovery or upgrade, and would do at its next start. */
final class MemberLeftovers {
    /** What Go's flag package takes for false. */
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE", "f", "F", "0");

    /** Of etcd's refusals to clients that did not log in, or not as root (etcd: api/v3rpc/rpctypes/error.go). */
    private static final Pattern AUTH =
            Pattern.compile("permission denied|user name is empty|invalid auth token|authentication failed");

    private static final Pattern COMMON_NAME = Pattern.compile("CN=([^,+]+)");

    private MemberLeftovers() {}

    static List<Problem> check(HostFacts facts, MemberFacts member) {
        var problems = new ArrayList<Problem>();
        forcedNewCluster(facts, member).ifPresent(problems::add);
        otherBinary(facts, member).ifPresent(problems::add);
        if (member.live() instanceof LiveMember.Silent(var why, var _)
                && AUTH.matcher(why).find()) {
            problems.add(Problem.on(
                    facts.host(),
                    "auth-enabled",
                    "the member refuses the client certificate that the engine uses, because auth is enabled: " + why,
                    "give the user that is the certificate's CN" + commonName(facts, member)
                            + " the role root: `etcdctl user add CN --no-password` if there is none, `etcdctl"
                            + " user grant-role CN root`; without it no member can be checked, and no safety"
                            + " snapshot taken"));
        }
        return problems;
    }

    /** Of the certificate that the member is asked with; empty where it was not read. */
    private static String commonName(HostFacts facts, MemberFacts member) {
        return member.access().tls().flatMap(EtcdAccess.TlsFiles::identity).stream()
                .flatMap(own -> facts.certificates().stream()
                        .filter(each -> each.path().equals(own.certificate()))
                        .limit(1))
                .map(each -> COMMON_NAME.matcher(each.subject()))
                .filter(Matcher::find)
                .map(found -> " (" + found.group(1) + ")")
                .findFirst()
                .orElse("");
    }

    private static Optional<Problem> forcedNewCluster(HostFacts facts, MemberFacts member) {
        return Optional.ofNullable(member.flags().get("force-new-cluster"))
                .filter(value -> !FALSE.contains(value.strip()))
                .map(_ -> Problem.on(
                        facts.host(),
                        "force-new-cluster",
                        "--force-new-cluster is set in " + place(member.source())
                                + ": at its next start the member would throw the other members out of the cluster, in"
                                + " a rollback too",
                        "remove it there (ETCD_FORCE_NEW_CLUSTER in an environment, force-new-cluster in a config"
                                + " file), and do not restart the member before; then plan again"));
    }

    private static String place(MemberSource source) {
        return switch (source) {
            case MemberSource.StaticPod(var manifest) -> manifest.path();
            case MemberSource.Unit unit ->
                unit.configFile().map(file -> file.path()).orElse(unit.unit() + " or its environment");
        };
    }

    /** A member whose program was replaced while it ran: it shows at the next start only, which is the run's. */
    private static Optional<Problem> otherBinary(HostFacts facts, MemberFacts member) {
        var runs = member.liveVersion().flatMap(EtcdVersion::find);
        var configured = configured(facts, member);
        if (runs.isEmpty() || configured.isEmpty() || runs.get().sameMinor(configured.get())) {
            return Optional.empty();
        }
        boolean older = configured.get().major() < runs.get().major()
                || (configured.get().major() == runs.get().major()
                        && configured.get().minor() < runs.get().minor());
        var found = Problem.on(
                facts.host(),
                "other-binary",
                "the member runs etcd " + runs.get() + ", but its configuration starts etcd " + configured.get()
                        + (older
                                ? ", which refuses the data of a later MINOR: a rollback could not start it again"
                                : ": the next start, in a rollback too, upgrades it"),
                older
                        ? "configure the version that runs"
                        : "finish the upgrade on every member first, or configure the version that runs");
        return Optional.of(older ? found : found.asWarning());
    }

    /** The version that the next start takes, where the host tells it. */
    private static Optional<EtcdVersion> configured(HostFacts facts, MemberFacts member) {
        return switch (member.source()) {
            case MemberSource.StaticPod _ ->
                member.image()
                        .map(image -> image.substring(image.lastIndexOf(':') + 1))
                        .filter(tag -> tag.matches("v?\\d+\\.\\d+\\.\\d+.*"))
                        .flatMap(EtcdVersion::find);
            case MemberSource.Unit unit ->
                Optional.ofNullable(facts.tools().get("etcd"))
                        .filter(tool -> Optional.ofNullable(facts.units().get(unit.unit()))
                                .filter(found -> found.properties()
                                        .getOrDefault("ExecStart", "")
                                        .startsWith("{ path=" + tool.path() + " ;"))
                                .isPresent())
                        .flatMap(tool -> EtcdVersion.find(tool.version()));
        };
    }
}
