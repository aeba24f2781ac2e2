package dev.runbook.cli.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * With which status the container of each static pod's member ended since this was made, from the events of the nodes'
 * container runtime.
 *
 * @param containers by node, the one that ran then
 */
public record MemberExits(ControlPlane controlPlane, Map<String, String> containers) {
    /** A process that was ended by SIGKILL. */
    public static final int KILLED = 128 + 9;

    /** A status of 0 is left out. */
    private static final Pattern EXIT =
            Pattern.compile("/tasks/exit .*\"container_id\":\"(\\w+)\",\"id\":\"\\1\"(?:.*?\"exit_status\":(\\d+))?");

    /** Begins to record. */
    public static MemberExits from(ControlPlane controlPlane) {
        var containers = new LinkedHashMap<String, String>();
        for (var node : controlPlane.fleet().nodes()) {
            containers.put(
                    node.name(),
                    node.exec("systemd-run -q --unit runbook-events sh -c"
                                    + " 'exec ctr -n k8s.io events >/run/runbook-events'"
                                    + " && crictl ps -q --label io.kubernetes.container.name=etcd")
                            .require("record the events of " + node.name())
                            .strip());
        }
        return new MemberExits(controlPlane, containers);
    }

    /** Ends recording: by node, the status of the container that ran at the beginning; none where it runs still. */
    public Map<String, List<Integer>> end() {
        return controlPlane.onEach(node -> {
            var events = node.exec("systemctl stop runbook-events; cat /run/runbook-events")
                    .require("events of " + node.name());
            return EXIT.matcher(events)
                    .results()
                    .filter(exit -> exit.group(1).equals(containers.get(node.name())))
                    .map(exit -> exit.group(2) == null ? 0 : Integer.parseInt(exit.group(2)))
                    .toList();
        });
    }
}
