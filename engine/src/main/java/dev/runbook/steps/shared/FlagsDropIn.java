package dev.runbook.steps.shared;

import dev.runbook.etcd.config.ConfigProblem;
import dev.runbook.etcd.config.EnvironmentFile;
import dev.runbook.etcd.config.SystemdUnit;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.NodeState;
import dev.runbook.model.PathState;
import dev.runbook.step.RunIdentity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A drop-in that changes how systemd starts a member. Its name contains the run's id, which begins with the date, so that it
 * is kept beside the drop-in of an earlier run and overrides it.
 */
final class FlagsDropIn {
    /** Characters that need no escape between quotes in a unit file. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./:,=@\\[\\] +-]*");

    private final String path;
    private final SystemdUnit shown;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private SystemdUnit service;
    private String text;
    private boolean changed;

    FlagsDropIn(UnitFacts unit, RunIdentity run, NodeState state) throws ConfigProblem {
        this.path = unit.dropInFolder() + "/80-runbook-" + run.id() + ".conf";
        this.shown = SystemdUnit.parseShow(unit.shown());
        // An earlier step of this plan may have written it already.
        this.text = state.text(path).map(PathState.TextFile::text).orElse("");
        this.service = text.contains("ExecStart=") ? SystemdUnit.parseUnit(text) : shown;
    }

    String path() {
        return path;
    }

    boolean changed() {
        return changed;
    }

    Map<String, String> environment(Map<String, EnvironmentFile> files) {
        return shown.environment(files);
    }

    Map<String, String> flags(Map<String, String> environment) throws ConfigProblem {
        return service.flags(environment);
    }

    void flag(String name, String value, Map<String, String> environment) throws ConfigProblem {
        if (Optional.of(value).equals(Optional.ofNullable(flags(environment).get(name)))) {
            return;
        }
        text = service.dropIn(name, value, environment);
        // The next flag is added to the command line that has this one already.
        service = SystemdUnit.parseUnit(text);
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
        var whole = new StringBuilder(text.isEmpty() ? "[Service]\n" : text);
        variables.forEach((name, value) -> whole.append("Environment=\"")
                .append(name)
                .append('=')
                .append(value)
                .append("\"\n"));
        return whole.toString();
    }
}
