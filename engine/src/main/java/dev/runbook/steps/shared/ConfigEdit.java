package dev.runbook.steps.shared;

import dev.runbook.etcd.config.ConfigFile;
import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.etcd.config.EnvironmentFile;
import dev.runbook.etcd.config.StaticPodManifest;
import dev.runbook.etcd.config.start.EtcdRelease;
import dev.runbook.facts.FileFacts;
import dev.runbook.facts.ManifestFolder;
import dev.runbook.facts.MemberFacts;
import dev.runbook.facts.MemberSource;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Answer;
import dev.runbook.model.Attributes;
import dev.runbook.model.PathState;
import dev.runbook.model.action.Await;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.step.StepContext;
import dev.runbook.step.StepPlan.FileDiff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Edits the flags of a member where they are configured: its manifest, environment file, config file or unit. */
public final class ConfigEdit {
    private static final Duration RELOADED = Duration.ofSeconds(10);

    private final StepContext context;
    private final Actions actions;
    private final List<FileDiff> diffs = new ArrayList<>();

    public ConfigEdit(StepContext context, Actions actions) {
        this.context = context;
        this.actions = actions;
    }

    /** Changes of the edits so far. */
    public List<FileDiff> diffs() {
        return List.copyOf(diffs);
    }

    /** An edit of a text, which may be refused. */
    @FunctionalInterface
    public interface TextEdit {
        String apply(String text) throws ConfigProblem;
    }

    /** Edits a static pod's manifest in its present place: parked, or in the kubelet's folder. */
    public void manifest(ManifestFolder folder, String pod, TextEdit edit) throws ConfigProblem {
        var parking = new ManifestParking(context, folder, Duration.ZERO);
        var path = actions.state().present(parking.parked(pod)) ? parking.parked(pod) : parking.live(pod);
        var retainedFolder = context.run().folderIn(RunFolder.parent(folder.path()));
        replace(path, retainedFolder, edit);
    }

    /**
     * Edits etcd's manifest, and reads it again as etcd will.
     *
     * @param flags that the edit sets
     */
    public void etcdManifest(ManifestFolder folder, TextEdit edit, Map<String, String> flags) throws ConfigProblem {
        manifest(folder, ControlPlaneComponent.ETCD, text -> EditedMember.pod(folder, edit.apply(text), flags));
    }

    /** Edits the flags of a member in its manifest or its unit. */
    public void member(MemberSource source, Map<String, String> flags) throws ConfigProblem {
        switch (source) {
            case MemberSource.StaticPod _ ->
                etcdManifest(context.facts().manifests().orElseThrow(), text -> withFlags(text, flags), flags);
            case MemberSource.Unit unit -> unit(unit, flags);
        }
    }

    /** The manifest with these flags set in its command. */
    public static String withFlags(String text, Map<String, String> flags) throws ConfigProblem {
        var manifest = StaticPodManifest.parse(text);
        for (var flag : flags.entrySet()) {
            manifest = manifest.withFlag(flag.getKey(), flag.getValue());
        }
        return manifest.text();
    }

    private void unit(MemberSource.Unit unit, Map<String, String> flags) throws ConfigProblem {
        if (unit.configFile().isPresent()) {
            replace(unit.configFile().get(), text -> {
                var file = ConfigFile.parse(text);
                for (var flag : flags.entrySet()) {
                    file = file.with(flag.getKey(), flag.getValue());
                }
                return file.text();
            });
            return;
        }
        var facts =
                Optional.ofNullable(context.facts().units().get(unit.unit())).orElseThrow();
        var dropIn = new FlagsDropIn(facts, context.run(), actions.state());
        var files = new LinkedHashMap<String, EnvironmentFile>();
        for (var file : unit.environmentFiles()) {
            files.put(file.path(), EnvironmentFile.parse(textNow(file)));
        }
        var variables = dropIn.environment(files);
        boolean shellLine = dropIn.startsShellLine(variables);
        if (shellLine && files.isEmpty()) {
            throw new ConfigProblem("a shell starts etcd, and " + unit.unit()
                    + " has no environment file in which its settings could be changed");
        }
        // What a shell repeats from variables is changed where the variables are.
        var onCommandLine = shellLine ? Map.<String, String>of() : dropIn.flags(variables);
        var inFiles = new LinkedHashMap<FileFacts, Map<String, String>>();
        for (var flag : flags.entrySet()) {
            var variable = variable(flag.getKey());
            if (onCommandLine.containsKey(flag.getKey())) {
                dropIn.flag(flag.getKey(), flag.getValue(), variables);
            } else if (!files.isEmpty()) {
                inFiles.computeIfAbsent(holder(unit.environmentFiles(), files, variable), _ -> new LinkedHashMap<>())
                        .put(variable, flag.getValue());
            } else if (variables.containsKey(variable)) {
                // With both a flag and its variable etcd does not start: "shadowed by corresponding command-line flag".
                dropIn.variable(variable, flag.getValue(), variables);
            } else {
                dropIn.flag(flag.getKey(), flag.getValue(), variables);
            }
        }
        for (var file : inFiles.entrySet()) {
            var edited = edited(file.getKey(), file.getValue());
            files.put(file.getKey().path(), edited);
            replace(file.getKey(), _ -> edited.text());
        }
        EditedMember.unit(unit.unit(), dropIn.effective(), files, flags, release(variables, dropIn));
        if (dropIn.changed()) {
            dropIn(facts, dropIn);
        }
    }

    private EnvironmentFile edited(FileFacts file, Map<String, String> variables) throws ConfigProblem {
        var edited = EnvironmentFile.parse(textNow(file));
        for (var variable : variables.entrySet()) {
            edited = edited.with(variable.getKey(), variable.getValue());
        }
        return edited;
    }

    /** That of the host's tool, where the unit starts the same program; else that of the running member. */
    private Optional<EtcdRelease> release(Map<String, String> variables, FlagsDropIn dropIn) throws ConfigProblem {
        var program = dropIn.effective().program(variables);
        var tool = Optional.ofNullable(context.facts().tools().get("etcd"));
        return tool.filter(found -> program.filter(found.path()::equals).isPresent())
                .map(Answer.Tool::version)
                .or(() -> context.facts().member().flatMap(MemberFacts::liveVersion))
                .flatMap(EtcdRelease::find);
    }

    private String textNow(FileFacts file) {
        return actions.state().text(file.path()).map(PathState.TextFile::text).orElse(file.text());
    }

    /** The last file that sets the variable, else the last file. */
    private static FileFacts holder(List<FileFacts> files, Map<String, EnvironmentFile> parsed, String variable) {
        return files.reversed().stream()
                .filter(file -> Optional.ofNullable(parsed.get(file.path()))
                        .filter(values -> values.values().containsKey(variable))
                        .isPresent())
                .findFirst()
                .orElse(files.getLast());
    }

    private static String variable(String flag) {
        return "ETCD_" + flag.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private void dropIn(UnitFacts unit, FlagsDropIn dropIn) throws ConfigProblem {
        var path = dropIn.path();
        var text = dropIn.text();
        var retainedFolder = context.run().folderIn("/etc");
        RunFolder.ensure(actions, retainedFolder);
        if (!unit.dropInFolderExists()) {
            RunFolder.ensure(actions, unit.dropInFolder(), RunFolder.PUBLIC);
        }
        actions.add(new ServiceAction.ReloadUnits(Direction.BACKWARD));
        if (actions.state().text(path).isPresent()) {
            replace(path, retainedFolder, _ -> text);
        } else {
            actions.add(new FileAction.CreateFile(
                    path, text, new Attributes("0644", 0, 0), retainedFolder + "/" + RunFolder.name(path)));
            diffs.add(new FileDiff(path, "", text));
        }
        actions.add(new ServiceAction.ReloadUnits(Direction.FORWARD));
        for (var shown : dropIn.expected()) {
            actions.add(new Await(shown, RELOADED, Direction.FORWARD));
        }
    }

    private void replace(FileFacts file, TextEdit edit) throws ConfigProblem {
        replace(
                file.path(),
                RunFolder.parent(file.path()) + "/.runbook-" + context.run().id(),
                edit);
    }

    private void replace(String path, String retainedFolder, TextEdit edit) throws ConfigProblem {
        var before = actions.state().text(path);
        if (before.isEmpty()) {
            throw new ConfigProblem(path + " does not exist, or was not read as text");
        }
        var after = edit.apply(before.get().text());
        if (after.equals(before.get().text())) {
            return;
        }
        RunFolder.ensure(actions, retainedFolder);
        actions.add(new FileAction.ReplaceFile(
                path,
                after,
                before.get().attributes(),
                FileFacts.sha256(before.get().text()),
                free(retainedFolder + "/" + RunFolder.name(path) + ".before")));
        diffs.add(new FileDiff(path, before.get().text(), after));
    }

    /** A free path: a file that the run edits twice is retained twice. */
    private String free(String path) {
        var candidate = path;
        for (int number = 2;
                actions.state()
                        .at(candidate)
                        .filter(state -> !(state instanceof PathState.Absent))
                        .isPresent();
                number++) {
            candidate = path + "." + number;
        }
        return candidate;
    }
}
