package dev.runbook.lint;

import dev.runbook.model.DidYouMean;
import dev.runbook.model.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a runbook is held to. Codes are stable: one that is no longer checked is never given to another rule. */
public enum Rule {
    API_SERVER_RUNS(
            "RB101",
            Severity.ERROR,
            Knows.RUNBOOK,
            "data is switched while an API server may run",
            "An API server serves from its watch cache and writes what it has. Over a member whose data is exchanged"
                    + " below it, it mixes two histories: controllers act on objects that are gone, and revisions go"
                    + " backward. Stop every API server of the inventory's group `kube_control_plane` before the first"
                    + " member is switched, and start none before the commit. Where nothing but etcd is to be handled,"
                    + " give the group without hosts."),
    MEMBER_RUNS(
            "RB102",
            Severity.ERROR,
            Knows.RUNBOOK,
            "data is switched while a member may run",
            "A member holds its database open: what is renamed below it is still written to, and one that is restarted"
                + " in between begins on whatever lies there at that moment. Stop every member before the first one is"
                + " switched."),
    NOT_PREPARED(
            "RB103",
            Severity.ERROR,
            Knows.RUNBOOK,
            "members are switched before all of them have new data",
            "Once one member is switched the old cluster has lost a vote, and a restore that fails on the next one"
                    + " comes too late to be cheap. Prepare the new data of every member beside the old one while the"
                    + " cluster still serves; only then stop and switch."),
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
            "New data lies beside the old until a step puts it in its place. Started without that, the cluster is what"
                    + " it was before, and the outage was for nothing. Put the switch between the stop and the start."),
    NO_PROOF(
            "RB106",
            Severity.ERROR,
            Knows.RUNBOOK,
            "a restored cluster is committed or used without a proof",
            "A wrong path gives a healthy, empty cluster, and a member left on its old data answers every health check:"
                    + " only member IDs, cluster ID, revision and HashKV, compared with what was predicted, tell. Prove"
                    + " every member after its start and before the commit, while a failure still puts everything"
                    + " back."),
    COMMIT_MISSING(
            "RB107",
            Severity.ERROR,
            Knows.RUNBOOK,
            "members are switched to new data, and nothing commits",
            "Without a commit the point of no return is wherever the run happens to end: a failure in the last step"
                + " takes back a cluster that clients have written to for minutes, and their writes are lost. Commit"
                + " once, behind the proof and before the first API server starts."),
    BEFORE_COMMIT(
            "RB108",
            Severity.ERROR,
            Knows.RUNBOOK,
            "an API server starts before the commit",
            "Clients write as soon as an API server is back. If a step between it and the commit fails, the old data is"
                    + " put back and those writes are lost, although they were acknowledged. Start API servers behind"
                    + " the commit."),
    BEHIND_COMMIT(
            "RB109",
            Severity.ERROR,
            Knows.RUNBOOK,
            "a step that must be able to be taken back stands behind the commit",
            "From the commit on a run only goes forward: what fails is left as it is for a person. Preparing, stopping"
                    + " and switching belong before it, where a failure on any host puts every host back."),
    COMMIT_TWICE(
            "RB110",
            Severity.ERROR,
            Knows.RUNBOOK,
            "the runbook commits twice",
            "There is one point of no return in a run; the second commit would promise a way back that is no longer"
                    + " there. Keep the one that follows the proof."),
    PROOF_OF_STOPPED(
            "RB111",
            Severity.ERROR,
            Knows.RUNBOOK,
            "something is to be proven while it is stopped",
            "A proof waits for what it looks at until its deadline. Before the start there is nothing to see, so the"
                    + " run fails every time, and rolls back a restore that was right. Prove behind the start."),
    IRREVERSIBLE_BEFORE_CHECK(
            "RB112",
            Severity.ERROR,
            Knows.RUNBOOK,
            "something irreversible is done before the last check",
            "When a check fails, everything is put back, except for what nobody can put back: the run ends stuck, with"
                    + " hosts between two states. Do irreversible things behind the commit, or behind the last check"
                    + " where nothing commits; or give the command an undo."),
    UNPROVEN_END(
            "RB113",
            Severity.WARNING,
            Knows.RUNBOOK,
            "nothing is checked at the end",
            "The run ends with \"done\" although the last thing that it started was never looked at: an API server that"
                    + " does not come up is found by its users. End with a check of what was started last."),
    LEFT_STOPPED(
            "RB114",
            Severity.WARNING,
            Knows.RUNBOOK,
            "something is stopped and never started",
            "What a run stops is held stopped, across reboots too, until something starts it again. If that is meant,"
                    + " say so by setting this rule aside; else add the start."),
    LEFT_UNUSED(
            "RB115",
            Severity.WARNING,
            Knows.RUNBOOK,
            "new data is prepared and never used",
            "The data stays beside the old one, takes its space, and the cluster goes on as it was. Add the rest of the"
                    + " restore, or set this rule aside where preparing is all that is wanted."),
    NOT_LOOKED_AT(
            "RB116",
            Severity.WARNING,
            Knows.RUNBOOK,
            "members are switched without having been looked at first",
            "Full disks, wrong clocks, a member or an API server that no inventory names: what would stop a restore"
                    + " halfway shows before anything is touched, if somebody looks. Begin with a look at every host."),
    NO_WAY_BACK(
            "RB117",
            Severity.WARNING,
            Knows.RUNBOOK,
            "nothing keeps what the cluster has now",
            "After the commit the only way back is a restore of what the cluster had before. Keep a snapshot before the"
                    + " outage begins; `if_possible: true` lets the run go on where no member answers."),
    MEMBER_LEFT_OUT(
            "RB201",
            Severity.ERROR,
            Knows.INVENTORY,
            "a member is left out",
            "A member that is not stopped, or not switched, keeps serving the old data under its old identity, and"
                    + " whoever is connected to it sees another cluster. Every step of a restore runs on every host of"
                    + " the inventory's group `etcd`. A host that is gone for good is taken out of the inventory; one"
                    + " that cannot be reached for now is fenced first, by a person."),
    API_SERVER_LEFT_OUT(
            "RB202",
            Severity.ERROR,
            Knows.INVENTORY,
            "an API server is left out",
            "An API server that nobody stops serves its cache over restored data and writes to it. Stop and start them"
                    + " on every host of the inventory's group `kube_control_plane`."),
    HOSTS_DIFFER(
            "RB203",
            Severity.WARNING,
            Knows.NO_INVENTORY,
            "steps of one restore name different hosts",
            "Whether two patterns mean the same hosts shows only with an inventory; as they stand, one step may run"
                    + " where another does not. Give an inventory with `-i`, so that it can be told, or write the same"
                    + " pattern at each."),
    EVEN_MEMBERS(
            "RB204",
            Severity.WARNING,
            Knows.INVENTORY,
            "the cluster has an even number of members",
            "A quorum of four is three: one member more to fail, and no failure more to survive. Restore onto an odd"
                    + " number of members, and add or remove one beforehand."),
    LIVE_DATA_DIR(
            "RB301",
            Severity.ERROR,
            Knows.RUNBOOK,
            "new data is looked for in the live data folder",
            "The live folder holds the old data until it is switched away: a tool that restores into it refuses or"
                + " mixes two histories, and a member that is pointed at it starts on the old data. The live folder is"
                + " `/var/lib/etcd`, or the host's variable `etcd_data_dir`. Let `restore` choose the folder, or name"
                + " another one on the same file system."),
    FIXED_TOKEN(
            "RB302",
            Severity.ERROR,
            Knows.RUNBOOK,
            "the cluster token is the same in every run",
            "Member IDs are made of peer URLs and token. With a token that was used before, a member of an earlier"
                + " restore has the right ID, joins, answers every health check, and serves other data: a silent split"
                + " brain that only HashKV shows. Use `${{ steps.<id>.token }}` of the `restore` step, which is fresh"
                + " in each run."),
    UNKNOWN_OWNER(
            "RB303",
            Severity.WARNING,
            Knows.RUNBOOK,
            "nothing says whose a file of etcd is",
            "Under systemd etcd usually runs as a user of its own, and does not start on data or keys that root alone"
                + " may read. A file that is copied belongs to root unless `owner` says otherwise, and what a program"
                + " restores belongs to whoever ran it. Write `owner:` (0 where root is meant), or use `restore`,"
                + " which takes owner and mode from the live data."),
    UNUSED_ALLOW(
            "RB401",
            Severity.WARNING,
            Knows.RUNBOOK,
            "a rule is set aside that nothing breaks",
            "It hides the next real finding of that rule. Remove it."),
    UNKNOWN_RULE(
            "RB402",
            Severity.ERROR,
            Knows.RUNBOOK,
            "a rule is set aside that does not exist",
            "Nothing is set aside by it. `runbook validate --explain` lists the rules.");

    /** What must be known for a rule to be checked. */
    public enum Knows {
        RUNBOOK,
        INVENTORY,
        /** It is a guess that an inventory makes needless. */
        NO_INVENTORY
    }

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

    /** Its name in words, such as {@code api-server-runs}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    public Knows knows() {
        return knows;
    }

    /** What is wrong where it is broken, in one line. */
    public String title() {
        return title;
    }

    /** Why, and what to do: one paragraph in Markdown. */
    public String doc() {
        return doc;
    }

    /** By its code or its name, in any case. */
    public static Optional<Rule> find(String name) {
        return Arrays.stream(values())
                .filter(rule -> rule.code.equalsIgnoreCase(name) || rule.slug().equalsIgnoreCase(name))
                .findFirst();
    }

    /** What to say when there is none of that name. */
    public static String hint(String name) {
        List<String> known = Arrays.stream(values())
                .flatMap(rule -> List.of(rule.code, rule.slug()).stream())
                .toList();
        return DidYouMean.nearest(name, known)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("`runbook validate --explain` lists the rules");
    }
}
