package dev.runbook.steps.shared;

import static java.util.stream.Collectors.joining;

import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.etcd.config.EnvironmentFile;
import dev.runbook.etcd.config.SystemdUnit;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.NodeState;
import dev.runbook.model.PathState;
import dev.runbook.model.Probe;
import dev.runbook.step.RunIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A drop-in that changes how systemd starts a member. Its name contains the run's id, which begins with the date, so that it
 * is kept beside the drop-in of an earlier run, and comes after every other one, see {@link DropInName}.
 */
final class FlagsDropIn {
    private static final String COMMAND = "ExecStart=";
    /** Characters that need no escape between quotes in a unit file. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./:,=@\\[\\] +-]*");

    private final String unit;
    private final Optional<String> path;
    private final Optional<ConfigProblem> overridden;
    private final SystemdUnit shown;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private SystemdUnit service;
    private String command;
    private boolean changed;

    FlagsDropIn(UnitFacts unit, RunIdentity run, NodeState state) throws ConfigProblem {
        this.unit = unit.unit();
        Optional<String> usable;
        Optional<ConfigProblem> unusable;
        try {
            usable = Optional.of(DropInName.path(unit, "80-", "runbook-" + run.id() + ".conf"));
            unusable = Optional.empty();
        } catch (ConfigProblem e) {
            usable = Optional.empty();
            unusable = Optional.of(e);
        }
        this.path = usable;
        this.overridden = unusable;
        this.shown = SystemdUnit.parseShow(unit.shown());
        // An earlier step of this plan may have written it already.
        var before = path.flatMap(state::text).map(PathState.TextFile::text).orElse("");
        this.service = shown.withDropIn(before);
        this.command = before.contains(COMMAND)
                ? before.substring(before.indexOf(COMMAND))
                        .lines()
                        .takeWhile(line -> line.startsWith(COMMAND))
                        .map(line -> line + "\n")
                        .collect(joining())
                : "";
        service.environment().forEach((name, value) -> {
            if (!value.equals(shown.environment().get(name))) {
                variables.put(name, value);
            }
        });
    }

    /** @throws ConfigProblem when no drop-in would take effect; one that is not needed does not matter */
    String path() throws ConfigProblem {
        if (overridden.isPresent()) {
            throw overridden.get();
        }
        return path.orElseThrow();
    }

    boolean changed() {
        return changed;
    }

    Map<String, String> environment(Map<String, EnvironmentFile> files) {
        return service.environment(files);
    }

    /** The unit as systemd will have it after the drop-in. */
    SystemdUnit effective() throws ConfigProblem {
        return shown.withDropIn(text());
    }

    /** What {@code systemctl show} must say after the reload, if no other drop-in overrides this one. */
    List<Probe> expected() throws ConfigProblem {
        var expected = new ArrayList<Probe>();
        if (!command.isEmpty()) {
            expected.add(new Probe.UnitShows(
                    unit, "ExecStart", "argv[]=" + effective().shownCommand().replace("\"", "") + " ;"));
        }
        variables.forEach((name, value) -> expected.add(new Probe.UnitShows(unit, "Environment", name + "=" + value)));
        return expected;
    }

    boolean startsShellLine(Map<String, String> environment) throws ConfigProblem {
        return service.startsShellLine(environment);
    }

    Map<String, String> flags(Map<String, String> environment) throws ConfigProblem {
        return service.flags(environment);
    }

    void flag(String name, String value, Map<String, String> environment) throws ConfigProblem {
        if (Optional.of(value).equals(Optional.ofNullable(flags(environment).get(name)))) {
            return;
        }
        var dropIn = service.dropIn(name, value, environment);
        command = dropIn.substring(dropIn.indexOf(COMMAND));
        // The next flag is added to the command line that has this one already.
        service = shown.withDropIn(text());
        changed = true;
    }

    void variable(String name, String value, Map<String, String> environment) throws ConfigProblem {
        if (!PLAIN.matcher(value).matches()) {
            throw new ConfigProblem("the value for " + name + " has characters with a special meaning in a unit file");
        }
        if (!value.equals(environment.get(name))) {
            variables.put(name, value);
            changed = true;
        }
    }

    String text() {
        var whole = new StringBuilder("[Service]\n").append(command);
        variables.forEach((name, value) -> whole.append("Environment=\"")
                .append(name)
                .append('=')
                .append(value)
                .append("\"\n"));
        return whole.toString();
    }
}
