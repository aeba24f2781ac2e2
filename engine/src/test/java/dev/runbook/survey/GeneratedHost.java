package dev.runbook.survey;

import dev.runbook.model.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Hosts as they are found, and as they are not: each text is one that is seen in the field, mutated in a few places. */
final class GeneratedHost {
    private static final List<String> MANIFESTS = List.of(
            SurveyedHost.resource("fieldref-ip.yaml"),
            SurveyedHost.resource("underscore.yaml"),
            SurveyedHost.resource("envflags.yaml"),
            SurveyedHost.resource("fieldref-name.yaml"),
            SurveyedHost.resource("fieldref-ip.yaml").replace("$(POD_IP)", "192.0.2.11"));
    private static final String CONFIG = """
        ETCD_NAME="etcd1"
        ETCD_DATA_DIR=/var/lib/etcd
        ETCD_LISTEN_CLIENT_URLS='https://192.0.2.21:2379'
        ETCD_INITIAL_ADVERTISE_PEER_URLS=https://etcd_1:2380
        """;
    private static final String YAML = """
        name: etcd1
        data-dir: /var/lib/etcd
        listen-client-urls: https://127.0.0.1:2379
        client-transport-security:
          cert-file: /c
          key-file: /k
          client-cert-auth: true
        """;
    private static final List<String> COMMANDS = List.of(
            "/usr/bin/etcd",
            "/usr/bin/etcd $DAEMON_ARGS",
            "/usr/local/bin/etcd --config-file /etc/etcd/etcd.yml",
            "/usr/local/bin/etcd --name=etcd1 --data-dir /var/lib/etcd --client-cert-auth --pre-vote=1",
            "/usr/bin/env -u A B=c /usr/bin/etcd --name ${ETCD_NAME2}",
            "/usr/bin/numactl --interleave=all -- /usr/bin/etcd --data-dir=/d",
            "/usr/bin/sudo -E -u etcd /usr/bin/etcd --data-dir=/d",
            "/usr/bin/chrt -f 10 /usr/bin/nice -n -5 /usr/bin/taskset -c 0-3 /usr/bin/etcd --data-dir=/d",
            "/bin/bash -c GOMAXPROCS=$(nproc) /usr/bin/etcd --name=\"${ETCD_NAME}\"",
            "/bin/sh -c exec etcd",
            "/usr/bin/docker run --name etcd quay.io/coreos/etcd:v3.5.9",
            "/usr/bin/etcd --nonsense --experimental-initial-corrupt-check");
    private static final List<String> TOKENS = List.of(
            "$(POD_IP)",
            "$(",
            "$$",
            "${",
            "$X",
            "https://etcd_1:2379",
            "https://",
            "http://[::1]:2379",
            ":99999",
            "-",
            "--",
            "---\n",
            "...\n",
            "\"",
            "'",
            "\\",
            "\\x",
            "\\x4",
            "\\U00110000",
            "\n",
            "\r\n",
            "\t",
            " ",
            "&a ",
            "*a",
            "<<: ",
            "{{",
            "}}",
            "{",
            "[",
            "]",
            ": ",
            "#",
            "|",
            ">",
            "!!int ",
            "%",
            "%H",
            "=",
            ",",
            ";",
            "\0",
            "\u00e9",
            "\ud83d\ude42",
            "\ud83d",
            "\ufeff",
            "--name",
            "--data-dir=",
            "--data-dir",
            "--force-new-cluster=1",
            "true",
            "null",
            "~",
            "/",
            "../",
            "env:\n",
            "valueFrom:\n",
            "name: etcd\n",
            "command: [sh, -c, etcd]\n",
            "args: []\n",
            "hostPath: /x\n",
            "ETCD_NAME=",
            "ETCD_CONFIG_FILE=/x",
            "2379",
            "0",
            "unix://a:1",
            "- ",
            "  ",
            " ; ",
            "argv[]=");

    private final Random random;

    GeneratedHost(Random random) {
        this.random = random;
    }

    SurveyedHost host() {
        return random.nextBoolean() ? stacked() : external();
    }

    private SurveyedHost stacked() {
        var files = new HashMap<String, String>();
        files.put(SurveyedHost.MANIFEST, mutated(any(MANIFESTS)));
        if (random.nextInt(3) == 0) {
            files.put(
                    "/var/lib/kubelet/kubeadm-flags.env",
                    mutated("KUBELET_KUBEADM_ARGS=\"--hostname-override=cp1 --node-ip=192.0.2.11\"\n"));
        }
        var kubelet =
                mutated("ExecStart={ path=/usr/bin/kubelet ; argv[]=/usr/bin/kubelet $KUBELET_ARGS ; ignore_errors=no"
                        + " ; pid=0 }\nEnvironmentFiles=/var/lib/kubelet/kubeadm-flags.env (ignore_errors=yes)\n");
        var pods = random.nextBoolean() ? List.of("kube-apiserver-cp1") : List.<String>of();
        return new SurveyedHost(files, Map.of("kubelet.service", kubelet), pods, Map.of());
    }

    private SurveyedHost external() {
        var files = new HashMap<String, String>();
        files.put("/etc/default/etcd", mutated(CONFIG));
        files.put("/etc/etcd/etcd.yml", mutated(YAML));
        var command = any(COMMANDS);
        var show = "ExecStart={ path=" + command.split(" ", -1)[0] + " ; argv[]=" + mutated(command)
                + " ; ignore_errors=no ; start_time=[n/a] ; pid=0 }\n"
                + "EnvironmentFiles=/etc/default/etcd (ignore_errors=yes)\n"
                + mutated("Environment=DAEMON_ARGS= \"ETCD_NAME2=my node\" ETCD_SNAPSHOT_COUNT=10000\n");
        var version = random.nextInt(3) == 0 ? "" : "etcd Version: 3." + random.nextInt(3, 9) + ".1";
        return new SurveyedHost(
                files,
                Map.of("etcd.service", random.nextInt(8) == 0 ? mutated(show) : show),
                List.of(),
                Map.of("etcd", new Answer.Tool("/usr/bin/etcd", version)));
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** None, one or a few changes: small ones, so that most of the text still means something. */
    private String mutated(String text) {
        var changed = text;
        for (int left = random.nextInt(4); left > 0; left--) {
            changed = random.nextInt(3) == 0 ? lines(changed) : characters(changed);
        }
        return changed;
    }

    private String characters(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + (random.nextBoolean() ? 0 : random.nextInt(1, 6)));
        return text.substring(0, from) + (random.nextInt(4) == 0 ? "" : any(TOKENS)) + text.substring(to);
    }

    private String lines(String text) {
        var lines = new ArrayList<>(List.of(text.split("(?<=\n)", -1)));
        int at = random.nextInt(lines.size());
        switch (random.nextInt(4)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(random.nextInt(lines.size() + 1), lines.get(at));
            case 2 -> lines.set(at, lines.get(at).replaceFirst("[=:].*", "="));
            default -> lines.set(at, "  " + lines.get(at));
        }
        return String.join("", lines);
    }
}
