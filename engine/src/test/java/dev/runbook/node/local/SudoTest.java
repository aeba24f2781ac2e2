package dev.runbook.node.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runbook.model.Answer;
import dev.runbook.model.Connection.Become;
import dev.runbook.model.Query;
import dev.runbook.model.Secret;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.FirstInPath;
import dev.runbook.node.shell.NoMembers;
import dev.runbook.node.shell.ShellNode;
import dev.runbook.node.shell.script.ShellSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a shell is started through sudo, with programs that speak as sudo does. */
@Timeout(30)
class SudoTest {
    private static final String ARGUMENTS = """
        #!/bin/sh
        while [ "$1" != -- ]; do
            case $1 in
                -p) prompt=$2; shift ;;
                -n) silent=yes ;;
                -u) shift ;;
            esac
            shift
        done
        shift
        """;
    private static final String ASK = """
        [ -z "$silent" ] || { echo "sudo: a password is required" >&2; exit 1; }
        echo "We trust you have received the usual lecture." >&2
        for try in 1 2 3; do
            printf '%s' "$prompt" >&2
            IFS= read -r password
            [ "$password" != "open sesame" ] || exec "$@"
            echo "Sorry, try again." >&2
        done
        echo "sudo: 3 incorrect password attempts" >&2
        exit 1
        """;

    @TempDir
    private Path folder;

    private Answer ask(String sudo, String... password) throws NodeUnreachable, IOException {
        var program = folder.resolve("sudo");
        Files.writeString(program, ARGUMENTS + sudo);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        var become =
                new Become.Sudo("root", List.of(password).stream().findFirst().map(Secret::new));
        var settings = new ShellSettings(folder + "/state", List.of(), Duration.ofSeconds(3), Duration.ofSeconds(1));
        try (var node = new ShellNode(
                "cp1",
                "sre",
                become,
                () -> new FirstInPath(folder, new LocalTransport()),
                settings,
                NoMembers.INSTANCE)) {
            return node.ask(List.of(new Query.WhoAmI()), Duration.ofSeconds(5)).getFirst();
        }
    }

    private String refusal(String sudo, String... password) {
        var thrown = catchThrowableOfType(NodeUnreachable.class, () -> ask(sudo, password));
        assertThat(thrown).isNotNull();
        assertThat(thrown.next()).isNotEmpty();
        assertThat(thrown).hasMessageNotContaining("sesame");
        return String.valueOf(thrown.getMessage());
    }

    @Test
    void aPasswordIsGivenWhenItIsAskedFor() throws Exception {
        assertThat(ask(ASK, "open sesame")).isInstanceOf(Answer.Identity.class);
    }

    @Test
    void aPasswordThatIsNotAskedForIsKept() throws Exception {
        assertThat(ask("exec \"$@\"", "open sesame")).isInstanceOf(Answer.Identity.class);
        assertThat(ask("exec \"$@\"")).isInstanceOf(Answer.Identity.class);
    }

    @Test
    void aWrongPasswordIsSaidOnceAndNotTriedAgain() {
        assertThat(refusal(ASK, "wrong sesame")).isEqualTo("sudo refused the password of sre on cp1");
    }

    @Test
    void aMissingPasswordIsReported() {
        assertThat(refusal(ASK)).isEqualTo("sudo asks for a password of sre on cp1 and none is known");
    }

    @Test
    void aUserWithoutSudoRightsIsReported() {
        assertThat(refusal("echo 'sre is not in the sudoers file.' >&2; exit 1", "x"))
                .contains("cp1", "not in the sudoers file");
        assertThat(refusal("echo 'sudo: sorry, you must have a tty to run sudo' >&2; exit 1"))
                .contains("must have a tty");
    }

    @Test
    void aSudoThatHangsIsGivenUp() {
        assertThat(refusal("sleep 20", "x")).contains("no answer within 3 s");
    }
}
