package dev.runbook.node.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.model.ActionResult;
import dev.runbook.model.Attributes;
import dev.runbook.model.Probe;
import dev.runbook.model.action.Action;
import dev.runbook.model.action.Direction;
import dev.runbook.model.action.FileAction;
import dev.runbook.model.action.ServiceAction;
import dev.runbook.node.Batch;
import dev.runbook.node.Claim;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.ProbeResult;
import dev.runbook.node.sim.start.SimUnits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A simulated node starts no etcd that a real one would not start. */
class SimStartTest {
    private static final String ENVIRONMENT = "/etc/default/etcd";
    private static final String DROP_IN = "/etc/systemd/system/etcd.service.d/";

    private static SimNode external() {
        return new SimBlueprint(List.of(new SimHost("etcd1", "192.0.2.21", true, false)), "3.5.16")
                .build(Instant.EPOCH)
                .node("etcd1");
    }

    private static ActionResult perform(SimNode node, Action action) throws NodeUnreachable {
        if (!node.isLocked()) {
            node.claim(new Claim("r", 1, "test", Instant.EPOCH));
        }
        return node.perform(new Batch("r", 1, node.performed().size(), List.of(action)), (_, _) -> {})
                .results()
                .getFirst();
    }

    private static void restart(SimNode node) throws NodeUnreachable {
        perform(node, new ServiceAction.ReloadUnits(Direction.FORWARD));
        perform(node, new ServiceAction.RestartUnit("etcd.service"));
    }

    private static void write(SimNode node, String path, String text) {
        node.tree().remove(path);
        node.tree().setUp(path, text, new Attributes("0644", 0, 0));
    }

    @Test
    void aFlagBesideItsVariableEndsAUnitsEtcd() throws Exception {
        var node = external();
        write(node, DROP_IN + "80-x.conf", "[Service]\nExecStart=\nExecStart=/usr/bin/etcd --name=etcd1\n");
        restart(node);

        assertThat(node.services().units()).containsEntry("etcd.service", false);
        assertThat(node.cluster().violations())
                .singleElement()
                .asString()
                .contains("starts an etcd that ends at once", "beside the variable ETCD_NAME");
    }

    @Test
    void aFlagThatTheReleaseDoesNotHaveEndsIt() throws Exception {
        var node = external();
        write(node, DROP_IN + "80-x.conf", "[Service]\nExecStart=\nExecStart=/usr/bin/etcd --feature-gates=A=true\n");
        restart(node);

        assertThat(node.services().units()).containsEntry("etcd.service", false);
        assertThat(node.cluster().violations()).singleElement().asString().contains("--feature-gates");
    }

    @Test
    void aFlagBesideItsVariableEndsAPodsEtcd() throws Exception {
        var node = new SimBlueprint(List.of(new SimHost("cp1", "192.0.2.11", true, true)), "3.5.16")
                .build(Instant.EPOCH)
                .node("cp1");
        var path = SimServices.MANIFESTS + "/etcd.yaml";
        var text = node.tree().content(path).orElseThrow();
        perform(node, new FileAction.MovePath(path, "/etc/kubernetes/etcd.yaml"));
        assertThat(node.cluster().members()).isEmpty();
        write(
                node,
                "/etc/kubernetes/edited.yaml",
                text.replace("    image:", "    env:\n    - name: ETCD_NAME\n      value: cp1\n    image:"));
        perform(node, new FileAction.MovePath("/etc/kubernetes/edited.yaml", path));

        assertThat(node.cluster().members()).isEmpty();
        assertThat(node.cluster().violations()).last().asString().contains("beside the variable ETCD_NAME");
    }

    @Test
    void aLaterDropInOverridesAnEarlierOne() {
        var units = new SimUnits(Map.of(
                "etcd.service",
                Map.of(
                        "ExecStart",
                        "{ path=/usr/bin/etcd ; argv[]=/usr/bin/etcd --name=old ; ignore_errors=no ; pid=0 }",
                        "DropInPaths",
                        DROP_IN + "override.conf")));
        var text = "[Service]\nExecStart=\nExecStart=/usr/bin/etcd --name=new\n";

        var early = Map.of(DROP_IN + "80-runbook.conf", text);
        units.reload(early.keySet(), path -> Optional.ofNullable(early.get(path)));
        assertThat(units.properties("etcd.service").orElseThrow().get("ExecStart"))
                .contains("--name=old");

        var late = Map.of(DROP_IN + "zz-runbook.conf", text);
        units.reload(late.keySet(), path -> Optional.ofNullable(late.get(path)));
        assertThat(units.properties("etcd.service").orElseThrow().get("ExecStart"))
                .contains("--name=new");
    }

    @Test
    void aProbeComparesTheUnitWithTheDropIn() throws Exception {
        var node = external();
        write(node, DROP_IN + "80-x.conf", "[Service]\nEnvironment=\"A=b c\"\n");
        perform(node, new ServiceAction.ReloadUnits(Direction.FORWARD));

        assertThat(node.check(new Probe.UnitShows("etcd.service", "Environment", "A=b c"), Duration.ofSeconds(1)))
                .isInstanceOf(ProbeResult.Holds.class);
        assertThat(node.check(new Probe.UnitShows("etcd.service", "Environment", "A=d"), Duration.ofSeconds(1)))
                .isInstanceOf(ProbeResult.DoesNotHold.class);
        assertThat(node.tree().content(ENVIRONMENT)).isPresent();
    }
}
