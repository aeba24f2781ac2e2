package dev.runbook.survey.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.etcd.client.LocalPrograms;
import dev.runbook.etcd.client.TestPki;
import dev.runbook.facts.FileFacts;
import dev.runbook.facts.ManifestFolder;
import dev.runbook.facts.StartNeed;
import dev.runbook.facts.UnitFacts;
import dev.runbook.model.Attributes;
import dev.runbook.model.Connection.Become;
import dev.runbook.model.Probe;
import dev.runbook.node.Node;
import dev.runbook.node.ProbeResult;
import dev.runbook.node.local.LocalTransport;
import dev.runbook.node.shell.NoMembers;
import dev.runbook.node.shell.ShellNode;
import dev.runbook.node.shell.script.ShellSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a pod and a unit need, looked for on the disk of this machine. */
@Timeout(60)
class StartSurveyTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private Node node;
    private Path pki;

    @BeforeEach
    void open() throws Exception {
        LocalPrograms.assume("openssl");
        pki = Files.createDirectory(folder.resolve("pki"));
        TestPki.create(pki);
        Files.writeString(folder.resolve("controller.conf"), "users:\n- user:\n    client-key: /pki/client.key\n");
        program("crictl", "[ \"$3\" = registry.example/etcd:3.5 ] && echo sha256:1; exit 0");
        program("nice", "exit 0");
        node = new ShellNode(
                "cp1",
                "root",
                new Become.No(),
                LocalTransport::new,
                new ShellSettings(
                        folder + "/state", List.of(folder.toString()), Duration.ofSeconds(5), Duration.ofSeconds(3)),
                NoMembers.INSTANCE);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private void program(String name, String script) throws IOException {
        Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Paths of the container are not those of the host. */
    private ManifestFolder pod(String image) {
        var text = """
            apiVersion: v1
            kind: Pod
            spec:
              containers:
              - name: etcd
                image: %1$s
                command: [etcd, --cert-file=/pki/server.crt, --key-file, /pki/server.key, --data-dir=/data,
                  --authorization-kubeconfig=/etc/controller.conf, --log-file=/var/log/none, --in-image-file=/in/image]
                volumeMounts:
                - {name: pki, mountPath: /pki/}
                - {name: conf, mountPath: /etc/controller.conf}
              volumes:
              - {name: pki, hostPath: {path: %2$s/pki, type: Directory}}
              - {name: conf, hostPath: {path: %2$s/controller.conf, type: FileOrCreate}}
              - {name: made, hostPath: {path: %2$s/none, type: DirectoryOrCreate}}
              - {name: unchecked, hostPath: {path: %2$s/nothing}}
              - {name: socket, hostPath: {path: %2$s/socket, type: Socket}}
            ---
            """.formatted(image, folder);
        var file = new FileFacts("/manifests/etcd.yaml", text, new Attributes("0600", 0, 0));
        return new ManifestFolder("/manifests", List.of(file), List.of());
    }

    private SortedMap<String, String> lacking(Optional<ManifestFolder> pods, UnitFacts... units) throws Exception {
        var byName = new TreeMap<String, UnitFacts>();
        List.of(units).forEach(unit -> byName.put(unit.unit(), unit));
        var lacking = new TreeMap<String, String>();
        for (var found : StartSurvey.survey(node, pods, byName, Optional.empty())) {
            found.lacking()
                    .ifPresent(why -> lacking.put(
                            found.need().component() + " "
                                    + found.need().describe().replace(folder + "/", ""),
                            why.replace(folder + "/", "")));
        }
        return lacking;
    }

    @Test
    void aPodNeedsItsVolumesFilesKeysAndImage() throws Exception {
        var pod = Optional.of(pod("registry.example/etcd:3.5"));
        assertThat(lacking(pod)).isEqualTo(Map.of("etcd socket", "it is not there"));

        Files.move(pki.resolve("server.key"), pki.resolve("aside"));
        Files.delete(pki.resolve("client.key"));
        assertThat(lacking(Optional.of(pod("registry.example/etcd:3.6"))))
                .isEqualTo(Map.of(
                        "etcd socket", "it is not there",
                        "etcd pki/server.key", "it is not there",
                        "etcd pki/client.key", "it is not there",
                        "etcd image registry.example/etcd:3.6", "the container runtime does not have it"));

        Files.move(pki.resolve("ca.key"), pki.resolve("server.key"));
        Files.createSymbolicLink(pki.resolve("client.key"), Path.of("gone"));
        Files.write(pki.resolve("server.crt"), new byte[0]);
        assertThat(lacking(pod))
                .containsEntry("etcd pki/client.key", "it is a link to something that is not there")
                .containsEntry("etcd pki/server.crt", "it is empty");
    }

    @Test
    void aKeyMustBeThatOfItsCertificate() throws Exception {
        Files.copy(pki.resolve("ca.crt"), pki.resolve("server.crt"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(lacking(Optional.of(pod("registry.example/etcd:3.5"))))
                .containsEntry("etcd pki/server.key", "it is not the key of the certificate (pki/server.crt)");
    }

    @Test
    void aUnitNeedsItsFileProgramsEnvironmentAndWhatTheseName() throws Exception {
        var environment = Files.writeString(folder.resolve("env"), "ARGS='--client-ca-file=/none/ca.crt --v=2'\n");
        var unit = new UnitFacts(
                "kube-apiserver.service",
                Map.of(
                        "ActiveState", "active",
                        "FragmentPath", folder + "/kube-apiserver.service",
                        "EnvironmentFiles",
                                environment + " (ignore_errors=no)\n/none/env (ignore_errors=no)\n"
                                        + "/none/optional (ignore_errors=yes)",
                        "ExecStart",
                                "{ path=" + folder + "/nice ; argv[]=nice -n 5 /none/kube-apiserver $ARGS"
                                        + " --tls-cert-file=${CERT} ; ignore_errors=no ; start_time=[n/a] }",
                        "Environment", "CERT=/none/tls.crt"),
                false);
        assertThat(lacking(Optional.empty(), unit).keySet())
                .containsExactlyInAnyOrder(
                        "kube-apiserver kube-apiserver.service",
                        "kube-apiserver /none/env",
                        "kube-apiserver /none/kube-apiserver",
                        "kube-apiserver /none/ca.crt",
                        "kube-apiserver /none/tls.crt");
    }

    /** The probe looks for the same once more. */
    @Test
    void theProbeTellsTheFirstThatIsMissing() throws Exception {
        var needs =
                StartSurvey.survey(node, Optional.of(pod("registry.example/etcd:3.5")), Map.of(), Optional.empty())
                        .stream()
                        .filter(found -> found.lacking().isEmpty())
                        .map(StartNeed::need)
                        .toList();
        assertThat(node.check(new Probe.CanStart(needs), SOON)).isEqualTo(new ProbeResult.Holds());
        Files.delete(pki.resolve("server.key"));
        assertThat(node.check(new Probe.CanStart(needs), SOON))
                .isEqualTo(new ProbeResult.DoesNotHold(pki + "/server.key: it is not there"));
    }
}
