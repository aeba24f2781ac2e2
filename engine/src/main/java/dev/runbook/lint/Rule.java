package dev.runbook.lint;

import dev.runbook.model.DidYouMean;
import dev.runbook.model.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Rules for runbooks. Codes are stable: the code of a removed rule is never given to another one. */
public enum Rule {
    API_SERVER_RUNS(
            "RB101",
            Severity.ERROR,
            Knows.RUNBOOK,
            "data is switched while an API server may run",
            "An API server serves from its watch cache and writes objects that it holds there. When the data of its"
                + " member is replaced, it mixes two histories: controllers act on objects that no longer exist, and"
                + " revisions go backward. Stop every API server of the inventory's group `kube_control_plane` before"
                + " the first member is switched, and start none before the commit. To restore etcd alone, define the"
                + " group without hosts."),
    MEMBER_RUNS(
            "RB102",
            Severity.ERROR,
            Knows.RUNBOOK,
            "data is switched while a member may run",
            "A member holds its database open: it keeps writing to files that are renamed under it, and a"
                    + " member that restarts in between starts on whatever data is in place at that moment. Stop every"
                    + " member before the first one is switched."),
    NOT_PREPARED(
            "RB103",
            Severity.ERROR,
            Knows.RUNBOOK,
            "members are switched before all of them have new data",
            "Once one member is switched, the old cluster has lost a vote, and a restore that fails on the next member"
                + " means an outage. Prepare the new data of every member beside the old data while the cluster still"
                + " serves; then stop and switch."),
    START_BEFORE_STOP(
            "RB104",
            Severity.ERROR,
            Knows.RUNBOOK,
            "a member is started before all are stopped",
            "A restored member that starts while an old one still runs can meet it: the old member keeps its identity,"
                    + " answers on the same addresses, and clients are split between two histories. Stop every member"
                    + " first, then start them all."),
    NOT_SWITCHED(
            "RB105",
            Severity.ERROR,
            Knows.RUNBOOK,
            "members start on their old data although new data was prepared",
            "New data stays beside the old data until a step switches to it. Without the switch the cluster"
                    + " starts on its old data, and the outage was for nothing. Put the switch between the stop and the"
                    + " start."),
    NO_PROOF(
            "RB106",
            Severity.ERROR,
            Knows.RUNBOOK,
            "a restored cluster is committed or used without verification",
            "A wrong path gives a healthy, empty cluster, and a member left on its old data passes every health check:"
                + " only member IDs, cluster ID, revision and HashKV, compared with the predicted ones, show the"
                + " difference. Verify every member after its start and before the commit, while a failure still rolls"
                + " back the run."),
    COMMIT_MISSING(
            "RB107",
            Severity.ERROR,
            Knows.RUNBOOK,
            "members are switched to new data, and no step commits",
            "Without a commit the point of no return is wherever the run ends: a failure in the last step rolls back a"
                    + " cluster that clients have written to for minutes, and their writes are lost. Commit once, after"
                    + " the verification and before the first API server starts."),
    BEFORE_COMMIT(
            "RB108",
            Severity.ERROR,
            Knows.RUNBOOK,
            "an API server starts before the commit",
            "Clients write as soon as an API server is back. If a step between it and the commit fails, the rollback"
                    + " restores the old data and those writes are lost, although they were acknowledged. Start API"
                    + " servers after the commit."),
    AFTER_COMMIT(
            "RB109",
            Severity.ERROR,
            Knows.RUNBOOK,
            "a step that may have to be rolled back runs after the commit",
            "After the commit a run cannot roll back: a failed step is left as it is, and manual intervention is"
                    + " required. Preparing, stopping and switching belong before it, where a failure on any host rolls"
                    + " back every host."),
    COMMIT_TWICE(
            "RB110",
            Severity.ERROR,
            Knows.RUNBOOK,
            "the runbook commits twice",
            "A run has one point of no return; the second commit would promise a rollback that is no longer"
                    + " possible. Keep the commit that follows the verification."),
    PROOF_OF_STOPPED(
            "RB111",
            Severity.ERROR,
            Knows.RUNBOOK,
            "a member or an API server is verified while it is stopped",
            "The verification waits until its deadline for a service to answer. Before the start no service"
                    + " answers, so the run fails every time, and rolls back a restore that was right. Verify after the"
                    + " start."),
    IRREVERSIBLE_BEFORE_CHECK(
            "RB112",
            Severity.ERROR,
            Knows.RUNBOOK,
            "an irreversible step runs before the last check",
            "When a check fails, the run rolls back, but an irreversible step cannot be undone: the run ends stuck,"
                + " with hosts between two states. Run irreversible steps after the commit, or after the last check in"
                + " a runbook without a commit; or give the command an undo."),
    UNPROVEN_END(
            "RB113",
            Severity.WARNING,
            Knows.RUNBOOK,
            "no step checks the end of the run",
            "The run ends with \"done\" although the service that it started last was never checked: an API server"
                + " that does not start is noticed by its users only. End with a check of the service that was started"
                + " last."),
    LEFT_STOPPED(
            "RB114",
            Severity.WARNING,
            Knows.RUNBOOK,
            "a service is stopped and never started",
            "A service that a run stops is held stopped, across reboots too, until a step starts it again. If"
                    + " that is intended, allow this rule with the reason; else add the start."),
    LEFT_UNUSED(
            "RB115",
            Severity.WARNING,
            Knows.RUNBOOK,
            "new data is prepared and never used",
            "The new data stays beside the old data and takes its space, and the cluster is not restored. Add"
                    + " the rest of the restore, or allow this rule where the runbook only prepares."),
    NOT_CHECKED(
            "RB116",
            Severity.WARNING,
            Knows.RUNBOOK,
            "members are switched without pre-flight checks",
            "Full disks, wrong clocks, a member or an API server that is not in the inventory: a pre-flight check"
                + " finds what would stop a restore halfway, before any change. Begin with a `preflight` step on every"
                + " host."),
    NO_SNAPSHOT(
            "RB117",
            Severity.WARNING,
            Knows.RUNBOOK,
            "no step saves a snapshot of the present cluster",
            "After the commit, only a restore of an earlier snapshot returns the cluster to its former state."
                    + " Save a snapshot before the outage begins; with `if_possible: true` the run continues where no"
                    + " member answers."),
    MEMBER_LEFT_OUT(
            "RB201",
            Severity.ERROR,
            Knows.INVENTORY,
            "a member is left out",
            "A member that is not stopped, or not switched, keeps serving the old data under its old identity, and"
                + " clients that connect to it see another cluster. Every step of a restore must run on every host of"
                + " the inventory's group `etcd`. Remove a host that is gone for good from the inventory; fence a host"
                + " that is unreachable for now before the run."),
    API_SERVER_LEFT_OUT(
            "RB202",
            Severity.ERROR,
            Knows.INVENTORY,
            "an API server is left out",
            "An API server that no step stops serves its cache over restored data and writes to it. Stop and"
                    + " start API servers on every host of the inventory's group `kube_control_plane`."),
    HOSTS_DIFFER(
            "RB203",
            Severity.WARNING,
            Knows.NO_INVENTORY,
            "steps of one restore name different hosts",
            "Only an inventory shows whether two patterns select the same hosts; without one, a step may run on hosts"
                    + " where another does not. Give an inventory with `-i`, or write the same pattern at each step."),
    EVEN_MEMBERS(
            "RB204",
            Severity.WARNING,
            Knows.INVENTORY,
            "the cluster has an even number of members",
            "Four members need a quorum of three: the fourth one can fail, but the cluster survives no more failures"
                    + " than with three. Restore onto an odd number of members, and add or remove one beforehand."),
    RUNS_NOWHERE(
            "RB205",
            Severity.ERROR,
            Knows.INVENTORY,
            "a step that must run selects no host",
            "A run ends with \"done\" although no snapshot was saved, nothing was restored, verified or fetched: a"
                    + " nightly backup is green for months without one file. Each `snapshot`, `restore`, `verify` and"
                    + " `fetch` step must run on a host. Only API servers may be missing: a group `kube_control_plane`"
                    + " that is defined without hosts means that etcd is restored alone. If no host is intended, allow"
                    + " this rule at the step with the reason."),
    LIVE_DATA_DIR(
            "RB301",
            Severity.ERROR,
            Knows.RUNBOOK,
            "new data is in the live data folder",
            "The live folder holds the old data until the switch: a tool that restores into it refuses or mixes two"
                + " histories, and a member that is pointed at it starts on the old data. The live folder is"
                + " `/var/lib/etcd`, or the host's variable `etcd_data_dir`. Let `restore` choose the folder, or name"
                + " another one on the same file system."),
    FIXED_TOKEN(
            "RB302",
            Severity.ERROR,
            Knows.RUNBOOK,
            "the cluster token is the same in every run",
            "Member IDs are hashes of peer URLs and token. With a token that was used before, a member of an"
                    + " earlier restore has the right ID, joins, passes every health check, and serves other data: a"
                    + " silent split brain that only HashKV shows. Use `${{ steps.<id>.token }}` of the `restore` step,"
                    + " which is fresh in each run."),
    UNKNOWN_OWNER(
            "RB303",
            Severity.WARNING,
            Knows.RUNBOOK,
            "a file of etcd is written without an owner",
            "Under systemd etcd usually runs as a user of its own, and does not start on data or keys that only root"
                + " may read. A file that is copied belongs to root unless `owner` names another user, and data that a"
                + " program restores belongs to the user that ran it. Write `owner:` (0 for root), or use `restore`,"
                + " which takes owner and mode from the live data."),
    UNUSED_ALLOW(
            "RB401",
            Severity.WARNING,
            Knows.RUNBOOK,
            "an allowed rule is not broken",
            "The allowance would hide the next finding of that rule. Remove it."),
    UNKNOWN_RULE(
            "RB402",
            Severity.ERROR,
            Knows.RUNBOOK,
            "an allowed rule does not exist",
            "The allowance has no effect. `runbook validate --explain` lists the rules.");

    /** The input that a rule needs. */
    public enum Knows {
        RUNBOOK,
        INVENTORY,
        /** Only checked without an inventory, as a guess. */
        NO_INVENTORY
    }

    /** Former names, which {@code allow} still accepts. */
    private static final Map<String, Rule> FORMER_NAMES =
            Map.of("behind-commit", AFTER_COMMIT, "not-looked-at", NOT_CHECKED, "no-way-back", NO_SNAPSHOT);

    private final String code;
    private final Severity severity;
    private final Knows knows;
    private final String title;
    private final String doc;

    Rule(String code, Severity severity, Knows knows, String title, String doc) {
        this.code = code;
        this.severity = severity;
        this.knows = knows;
        this.title = title;
        this.doc = doc;
    }

    public String code() {
        return code;
    }

    /** Its name in kebab case, such as {@code api-server-runs}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    public Knows knows() {
        return knows;
    }

    /** The fault, in one line. */
    public String title() {
        return title;
    }

    /** Reason and remedy: one paragraph in Markdown. */
    public String doc() {
        return doc;
    }

    /** Finds a rule by its code, its name or a former name, in any case. */
    public static Optional<Rule> find(String name) {
        return Arrays.stream(values())
                .filter(rule -> rule.code.equalsIgnoreCase(name) || rule.slug().equalsIgnoreCase(name))
                .findFirst()
                .or(() -> Optional.ofNullable(FORMER_NAMES.get(name.toLowerCase(Locale.ROOT))));
    }

    /** A hint for a name that no rule has. */
    public static String hint(String name) {
        List<String> known = Arrays.stream(values())
                .flatMap(rule -> List.of(rule.code, rule.slug()).stream())
                .toList();
        return DidYouMean.nearest(name, known)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("`runbook validate --explain` lists the rules");
    }
}
