package dev.runbook.etcd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemdUnitTest {
    /** Debian's unit, as {@code systemctl cat} prints it, with a drop-in. */
    private static final String DEBIAN = """
        # /lib/systemd/system/etcd.service
        [Unit]
        Description=etcd - highly-available key value store
        ExecStart=not here

        [Service]
        Environment=DAEMON_ARGS=
        Environment=ETCD_NAME=%H
        Environment=ETCD_DATA_DIR=/var/lib/etcd/default
        EnvironmentFile=-/etc/default/%p
        Type=notify
        User=etcd
        ExecStart=/usr/bin/etcd $DAEMON_ARGS

        # /etc/systemd/system/etcd.service.d/env.conf
        [Service]
        Environment="ETCD_NAME=my node"
        """;

    /** The same from systemctl show of systemd 252. */
    private static final String SHOW = """
        ExecStart={ path=/usr/bin/etcd ; argv[]=/usr/bin/etcd $DAEMON_ARGS ; ignore_errors=no ; start_time=[n/a] ; stop_time=[n/a] ; pid=0 ; code=(null) ; status=0/0 }
        Environment=DAEMON_ARGS= "ETCD_NAME=my node" ETCD_DATA_DIR=/var/lib/etcd/default
        EnvironmentFiles=/etc/default/etcd (ignore_errors=yes)
        """;

    @Test
    void readsAUnit() throws Exception {
        SystemdUnit unit = SystemdUnit.parseUnit(DEBIAN);

        assertThat(unit.environment())
                .containsEntry("ETCD_NAME", "my node")
                .containsEntry("ETCD_DATA_DIR", "/var/lib/etcd/default");
        assertThat(unit.environmentFiles())
                .containsExactly(new SystemdUnit.EnvironmentFileReference("/etc/default/%p", true));
        assertThat(unit.flags(Map.of("DAEMON_ARGS", "--name \"a b\" --pre-vote")))
                .isEqualTo(Map.of("name", "a b", "pre-vote", "true"));
    }

    @Test
    void readsTheOutputOfSystemctlShow() throws Exception {
        SystemdUnit unit = SystemdUnit.parseShow(SHOW);

        assertThat(unit.environment()).containsEntry("ETCD_NAME", "my node").containsEntry("DAEMON_ARGS", "");
        assertThat(unit.environmentFiles())
                .containsExactly(new SystemdUnit.EnvironmentFileReference("/etc/default/etcd", true));
        assertThat(unit.dropIn("data-dir", "/new", unit.environment()))
                .isEqualTo("[Service]\nExecStart=\nExecStart=/usr/bin/etcd $DAEMON_ARGS --data-dir=/new\n");
    }

    /** The unit is like that of kubespray. */
    @Test
    void aDropInChangesOnlyOneWord() throws Exception {
        SystemdUnit unit = SystemdUnit.parseUnit("""
            [Service]
            EnvironmentFile=/etc/etcd.env
            ExecStart=/usr/bin/ignored
            ExecStart=
            ExecStart=-/usr/local/bin/etcd --name "%H" \\
              # a comment in between
              --data-dir /var/lib/etcd --listen-client-urls=${URLS}
            """);

        assertThat(unit.flags(Map.of("URLS", "https://a:2379")))
                .containsEntry("data-dir", "/var/lib/etcd")
                .containsEntry("listen-client-urls", "https://a:2379");
        assertThat(unit.dropIn("data-dir", "/with blank%", Map.of()))
                .isEqualTo("[Service]\nExecStart=\nExecStart=-/usr/local/bin/etcd --name \"%H\" "
                        + "\"--data-dir=/with blank%%\" --listen-client-urls=${URLS}\n");
    }

    @Test
    void aFlagFromAVariableIsRejected() throws Exception {
        SystemdUnit unit = SystemdUnit.parseUnit(DEBIAN);

        assertThatExceptionOfType(ConfigProblem.class)
                .isThrownBy(() -> unit.dropIn("name", "b", Map.of("DAEMON_ARGS", "--name=a")))
                .withMessageContaining("comes from a variable");
        assertThatExceptionOfType(ConfigProblem.class).isThrownBy(() -> SystemdUnit.parseUnit("[Service]\n"));
        assertThatExceptionOfType(ConfigProblem.class).isThrownBy(() -> SystemdUnit.parseShow("ExecStart=\n"));
    }
}
