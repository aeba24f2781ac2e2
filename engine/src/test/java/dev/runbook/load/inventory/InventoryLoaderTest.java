package dev.runbook.load.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.load.source.SudoPassword;
import dev.runbook.load.source.Surroundings;
import dev.runbook.load.ssh.SshArguments;
import dev.runbook.load.ssh.SshDestination;
import dev.runbook.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryLoaderTest {
    @TempDir
    Path folder;

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void variablesHaveAnsiblesPrecedence() throws IOException {
        write("hosts.yml", """
            all:
              vars: {v: all, a: all}
              hosts: {h1: {v: host, f: host}, h2: }
              children:
                parent:
                  vars: {v: parent, p: parent}
                  children:
                    zeta: {vars: {v: zeta, z: zeta, both: zeta}, hosts: {h1: , h2: }}
                    alpha: {vars: {v: alpha, both: alpha}, hosts: {h1: , h2: }}
                    first: {vars: {both: first, ansible_group_priority: 0}, hosts: {h1: }}
            """);
        write("group_vars/all.yml", "p: group_vars/all\nz: group_vars/all\n");
        write("group_vars/zeta/main.yml", "z: group_vars/zeta\nf: group_vars/zeta\n");
        write("group_vars/zeta/.hidden.yml", "z: hidden\n");
        write("host_vars/h1", "v: host_vars\n");
        var inventory = load("hosts.yml");
        assertThat(problems).isEmpty();
        assertThat(vars(inventory, "h1"))
                .isEqualTo("{v=host_vars, a=all, p=group_vars/all, both=zeta, ansible_group_priority=0,"
                        + " z=group_vars/zeta, f=host}");
        assertThat(vars(inventory, "h2"))
                .isEqualTo("{v=zeta, a=all, p=group_vars/all, both=zeta, z=group_vars/zeta, f=group_vars/zeta}");
    }

    @Test
    void laterInventoriesAddAndOverride() throws IOException {
        write("one.yml", "etcd: {hosts: {cp2: {x: 1, y: 1}, cp1: }}\n");
        write("two.yml", "etcd: {hosts: {cp3: , cp2: {x: 2}}}\n");
        var inventory = load("one.yml", "two.yml");
        assertThat(inventory.hosts()).extracting(Host::name).containsExactly("cp2", "cp1", "cp3");
        assertThat(vars(inventory, "cp2")).isEqualTo("{x=2, y=1}");
        assertThat(inventory.inGroup("all")).hasSize(3);
        assertThat(inventory.groups().get("ungrouped"))
                .isEqualTo(new Group("ungrouped", List.of(), Set.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        cp[1:3].example  | cp1.example cp2.example cp3.example
        n[08:10]         | n08 n09 n10
        n[1:9:4]         | n1 n5 n9
        r[a:b]n[1:2]     | ran1 ran2 rbn1 rbn2
        plain            | plain
        """)
    void expandsRanges(String name, String expected) {
        assertThat(String.join(" ", HostRange.expand(name))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        -J a,b@c:2222                                     | [a:22, b@c:2222] [] []
        -o ProxyJump=me@[fd00::1]:24 -o ControlMaster=no  | [me@fd00::1:24] [-o ControlMaster=no] []
        -o "ProxyCommand=ssh -W %h:%p -q me@bastion"      | [me@bastion:22] [] []
        -oProxyCommand="ssh me@b -p 24 -W [%h]:%p"        | [me@b:24] [] []
        -o ProxyCommand="/usr/bin/ssh -lme b -W %h:%p"    | [me@b:22] [] []
        -J corp@me@b -J c                                 | [corp@me@b:22] [-J c (ssh takes the first)] []
        -o ProxyJump=none                                 | [] [] []
        -o ProxyCommand="nc -x p %h %p"                   | [] [] [ProxyCommand nc -x p %h %p]
        -F cfg -v                                         | [] [-v] [-F cfg]
        -F none -vqC                                      | [] [-v, -q, -C] []
        -b 10.0.0.1 -o BindInterface=eth1                 | [] [] [-b 10.0.0.1, -o BindInterface=eth1]
        root@other                                        | [] [] [root@other]
        """)
    void readsJumpHosts(String line, String expected) {
        var arguments = SshArguments.parse(line);
        var jumps = arguments.jumps().orElse(List.of()).stream()
                .map(jump -> jump.user().map(user -> user + "@").orElse("") + jump.address() + ":" + jump.port())
                .toList();
        var refused =
                arguments.refused().stream().map(SshArguments.Refused::argument).toList();
        assertThat(jumps + " " + arguments.ignored() + " " + refused).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        -p 2222                             | port 2222
        -vp2222 -o Port=23                  | port 2222
        -o Port=2222 -p 23                  | port 2222
        -o "Port 2222"                      | port 2222
        -l root -o User=me                  | user root
        -oUser=me                           | user me
        -i ~/a -o IdentityFile="~/my b"     | keys ~/a ~/my b
        -o HostName=%h.example              | name %h.example
        -p 99999                            | refused -p 99999
        -o Port=                            | refused -o Port=
        """)
    void readsWhatChoosesTheMachine(String line, String expected) {
        var arguments = SshArguments.parse(line);
        var shown = new StringBuilder();
        arguments.port().ifPresent(port -> shown.append(" port ").append(port));
        arguments.user().ifPresent(user -> shown.append(" user ").append(user));
        arguments.hostName().ifPresent(name -> shown.append(" name ").append(name));
        if (!arguments.identities().isEmpty()) {
            shown.append(" keys ").append(String.join(" ", arguments.identities()));
        }
        arguments.refused().forEach(refused -> shown.append(" refused ").append(refused.argument()));
        assertThat(shown.toString().strip()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        m1.example                   | - m1.example -
        admin@m1.example             | admin m1.example -
        corp@admin@m1                | corp@admin m1 -
        ::1                          | - ::1 -
        [fd00::1]                    | - fd00::1 -
        root@[::1]                   | root ::1 -
        root@::1                     | root ::1 -
        ssh://root@m1:2222           | root m1 2222
        ssh://[::1]:2222             | - ::1 2222
        @m1                          | - @m1 -
        """)
    void readsDestinationsAsSshDoes(String written, String expected) {
        var read = SshDestination.ofHost(written);
        assertThat(read.user().orElse("-") + " " + read.address() + " "
                        + read.port().map(String::valueOf).orElse("-"))
                .isEqualTo(expected);
    }

    private Inventory load(String... names) {
        return new InventoryLoader(
                        new Surroundings(folder, Path.of("/home/me"), "me"),
                        SudoPassword.LATER,
                        Map.of(),
                        problems::add)
                .load(List.of(names).stream().map(Path::of).toList());
    }

    private static String vars(Inventory inventory, String host) {
        var shown = new LinkedHashMap<String, String>();
        inventory
                .host(host)
                .orElseThrow()
                .vars()
                .forEach((name, value) -> shown.put(name, String.valueOf(value.plain())));
        return shown.toString();
    }

    private void write(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, content);
    }
}
