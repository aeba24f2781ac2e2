package dev.runbook.report.outage;

import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Await;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of the time without an API, in the order in which they come. */
public enum OutagePhase {
    STOP_API("stopping the API servers"),
    STOP_MEMBERS("stopping the members"),
    SWITCH("switching the data"),
    START_MEMBERS("starting the members"),
    VERIFY("verifying them"),
    START_API("starting the API servers");

    private final String text;

    OutagePhase(String text) {
        this.text = text;
    }

    /** What is done in it, as in "5 s stopping the API servers". */
    public String text() {
        return text;
    }

    static OutagePhase of(String stepType, Map<String, List<Action>> actions) {
        return switch (stepType) {
            case "stop-apiserver" -> STOP_API;
            case "stop-etcd" -> STOP_MEMBERS;
            case "start-etcd" -> START_MEMBERS;
            case "start-apiserver", "restart-kubelet" -> START_API;
            case "verify" -> asksApi(actions) ? START_API : VERIFY;
            // Between the stop and the start of the members: the configuration, the data, and what a runbook adds.
            default -> SWITCH;
        };
    }

    static boolean asksApi(Map<String, List<Action>> actions) {
        return !asking(actions).isEmpty();
    }

    /** Hosts whose API servers are asked whether they are ready. */
    static Set<String> asking(Map<String, List<Action>> actions) {
        return actions.entrySet().stream()
                .filter(ofHost -> ofHost.getValue().stream().anyMatch(OutagePhase::asksApi))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    static boolean asksApi(Action action) {
        return action.direction().forward() && action instanceof Await await && await.probe() instanceof Probe.HttpsOk;
    }
}
