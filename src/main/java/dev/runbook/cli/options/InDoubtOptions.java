package dev.runbook.cli.options;

import dev.runbook.execute.InDoubtAction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The operator's decisions on programs in doubt. */
public final class InDoubtOptions {
    private static final Pattern STEP_AND_HOST = Pattern.compile("(\\d{1,6}):(.+)");

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--assume-done",
            paramLabel = "STEP:HOST",
            description = "The program of this step, counted from 1, has completed on this host.")
    List<String> done = new ArrayList<>();

    @Option(
            names = "--assume-not-done",
            paramLabel = "STEP:HOST",
            description = "The program has not run there, or its effect was undone by hand.")
    List<String> notDone = new ArrayList<>();

    public List<InDoubtAction.Decision> decisions() {
        var decisions = new ArrayList<InDoubtAction.Decision>();
        done.forEach(text -> decisions.add(decision(text, true)));
        notDone.forEach(text -> decisions.add(decision(text, false)));
        return decisions;
    }

    private InDoubtAction.Decision decision(String text, boolean isDone) {
        var matcher = STEP_AND_HOST.matcher(text);
        if (!matcher.matches() || matcher.group(1).equals("0")) {
            throw new ParameterException(
                    spec.commandLine(), "'" + text + "' is not STEP:HOST, such as 7:etcd2 (steps count from 1)");
        }
        return new InDoubtAction.Decision(Integer.parseInt(matcher.group(1)) - 1, matcher.group(2), isDone);
    }
}
