package dev.runbook.plan;

import dev.runbook.etcd.snapshot.SampleSnapshots;
import dev.runbook.facts.ClusterFacts;
import dev.runbook.load.Loaded;
import dev.runbook.load.Loader;
import dev.runbook.load.Request;
import dev.runbook.load.source.Surroundings;
import dev.runbook.step.RunIdentity;
import dev.runbook.step.SnapshotFacts;
import dev.runbook.steps.StepTypes;
import dev.runbook.survey.LocalFileReader;
import dev.runbook.survey.SnapshotLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Plans made from real runbooks and a real snapshot on sample facts, the same every time. */
public final class SamplePlans {
    public static final RunIdentity RUN =
            new RunIdentity("20260102-030405-abcd", "token-of-this-run", SampleFacts.NOW, Path.of("/artifacts"));
    private static final Path SHIPPED = Path.of("../runbooks").toAbsolutePath().normalize();

    private final Path folder;
    private final ClusterFacts facts;
    private final Path snapshot;
    private UnaryOperator<SnapshotFacts> edit;

    /** Plans with files in this folder. */
    public SamplePlans(Path folder, ClusterFacts facts) throws IOException {
        this(folder, facts, "etcd-3.5.16-mixed");
    }

    /** With another of the snapshots in etcd/. */
    public SamplePlans(Path folder, ClusterFacts facts, String snapshotName) throws IOException {
        this.folder = folder;
        this.facts = facts;
        this.snapshot = SampleSnapshots.file(snapshotName, folder);
        var urls = facts.members().stream()
                .flatMap(member -> member.peerUrls().stream())
                .toList();
        // The sample is of another cluster's member; its members are replaced by this cluster's.
        this.edit = found -> FactEdits.copy(
                found,
                java.util.Map.of(
                        "peerUrls",
                        urls,
                        "leftovers",
                        new SnapshotFacts.Leftovers(Optional.empty(), false, List.of(), List.of())));
    }

    /** Replaces the snapshot's facts. */
    public SamplePlans withSnapshot(UnaryOperator<SnapshotFacts> change) {
        var before = edit;
        edit = found -> change.apply(before.apply(found));
        return this;
    }

    /** A shipped runbook, with the snapshot for its input of that name. */
    public Planner.Result shipped(String name, String... values) throws IOException {
        return plan(SHIPPED.resolve(name), values);
    }

    /** A shipped runbook, with some of its text replaced. */
    public Planner.Result shippedBut(String name, String text, String replacement) throws IOException {
        var shipped = Files.readString(SHIPPED.resolve(name));
        if (!shipped.contains(text)) {
            throw new IllegalArgumentException(name + " has no " + text);
        }
        var runbook = Files.writeString(folder.resolve(name), shipped.replace(text, replacement));
        return plan(runbook, snapshotValue());
    }

    /** A runbook with these steps, on all hosts of the facts. */
    public Planner.Result steps(String yaml, String... values) throws IOException {
        var runbook = folder.resolve("runbook.yml");
        Files.writeString(
                runbook,
                "name: Sample\nhosts: all\ninputs:\n  snapshot: {type: path, default: /none}\nsteps:\n"
                        + yaml.indent(2));
        return plan(runbook, values);
    }

    /** As {@link #steps}, for plans that no problem blocks. */
    public Plan planned(String yaml) throws IOException {
        return planned(steps(yaml, "snapshot=" + snapshot));
    }

    public static Plan planned(Planner.Result result) {
        return switch (result) {
            case Planner.Result.Planned(var plan) -> plan;
            case Planner.Result.Refused(var problems) -> throw new AssertionError("refused: " + problems);
        };
    }

    /** The snapshot as an input on the command line. */
    public String snapshotValue() {
        return "snapshot=" + snapshot;
    }

    /** Any runbook. */
    public Planner.Result plan(Path runbook, String... values) throws IOException {
        return Planner.plan(loaded(runbook, values), facts, RUN, new EditedSnapshots(), new LocalFileReader());
    }

    /** Whether a shipped runbook does without these hosts, given with spaces between them. */
    public boolean tolerates(String name, String absent, String... values) throws IOException {
        return AbsentHosts.tolerated(loaded(SHIPPED.resolve(name), values), Set.of(absent.split(" ")));
    }

    /** A shipped runbook on the hosts of other facts alone. */
    public Planner.Result without(ClusterFacts others, String name, String... values) throws IOException {
        return Planner.plan(
                loaded(SHIPPED.resolve(name), values), others, RUN, new EditedSnapshots(), new LocalFileReader());
    }

    private Loaded.Ok loaded(Path runbook, String... values) throws IOException {
        var given = new ArrayList<Request.GivenText>();
        for (var value : values) {
            given.add(new Request.GivenText(value, "-e"));
        }
        var request = new Request(
                runbook,
                List.of(inventory()),
                given,
                Optional.empty(),
                Set.of(),
                new Surroundings(folder.toAbsolutePath(), folder.toAbsolutePath(), "me"));
        return switch (new Loader(StepTypes.ALL).load(request)) {
            case Loaded.Failed(var problems, var _) -> throw new AssertionError("not loaded: " + problems);
            case Loaded.Ok loaded -> loaded;
        };
    }

    private Path inventory() throws IOException {
        var text = new StringBuilder("all:\n  hosts:\n");
        facts.hosts().keySet().forEach(host -> text.append("    ").append(host).append(":\n"));
        text.append("  children:\n");
        facts.groups().forEach((group, hosts) -> {
            text.append("    ").append(group).append(":\n      hosts:\n");
            hosts.forEach(host -> text.append("        ").append(host).append(":\n"));
        });
        return Files.writeString(folder.resolve("inventory.yml"), text);
    }

    /** The real library, with the edits of a case. */
    private final class EditedSnapshots implements dev.runbook.step.Snapshots {
        private final SnapshotLibrary library = new SnapshotLibrary();

        @Override
        public Read read(Path path) {
            return switch (library.read(path)) {
                case Read.Good(var found) -> new Read.Good(edit.apply(found));
                case Read.Bad bad -> bad;
            };
        }

        @Override
        public Prediction predict(Path path, OptionalLong bump) {
            return library.predict(path, bump);
        }
    }
}
