package dev.runbook.cli.inventory;

import dev.runbook.cli.options.ConnectionOptions;
import dev.runbook.cli.terminal.Terminal;
import dev.runbook.cli.terminal.UsageError;
import dev.runbook.load.source.SudoPassword;
import dev.runbook.model.Connection;
import dev.runbook.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** The sudo password of hosts whose inventory gives none: from a prompt, a file, or the environment. */
public final class Passwords {
    private Passwords() {}

    /** Whether {@link #become} will give a password; simulated nodes need none. */
    public static SudoPassword given(ConnectionOptions options) {
        return options.simulate()
                        || options.askBecomePassword()
                        || options.becomePasswordFile().isPresent()
                        || System.getenv("RUNBOOK_BECOME_PASSWORD") != null
                ? SudoPassword.GIVEN
                : SudoPassword.NOT_GIVEN;
    }

    public static Optional<Secret> become(ConnectionOptions options) throws UsageError {
        if (options.askBecomePassword()) {
            var console = Terminal.console()
                    .orElseThrow(() ->
                            new UsageError("--ask-become-pass needs a terminal; try --become-password-file FILE"));
            var typed = console.readPassword("sudo password: ");
            return typed == null ? Optional.empty() : Optional.of(new Secret(new String(typed)));
        }
        if (options.becomePasswordFile().isPresent()) {
            var file = options.becomePasswordFile().get();
            try (var lines = Files.lines(file)) {
                return Optional.of(new Secret(lines.findFirst()
                        .orElseThrow(() -> new UsageError("--become-password-file " + file + " is empty"))));
            } catch (IOException e) {
                throw new UsageError("--become-password-file " + file + " cannot be read: " + e.getMessage());
            }
        }
        return Optional.ofNullable(System.getenv("RUNBOOK_BECOME_PASSWORD")).map(Secret::new);
    }

    /** Adds a password to a connection that uses sudo without one. */
    static Connection with(Connection connection, Optional<Secret> password) {
        return switch (connection) {
            case Connection.Simulated simulated -> simulated;
            case Connection.Local local -> new Connection.Local(with(local.become(), password));
            case Connection.Ssh ssh ->
                new Connection.Ssh(
                        ssh.address(),
                        ssh.port(),
                        ssh.user(),
                        ssh.keys(),
                        ssh.keyPassphrase(),
                        ssh.password(),
                        ssh.jumps(),
                        with(ssh.become(), password));
        };
    }

    private static Connection.Become with(Connection.Become become, Optional<Secret> password) {
        return switch (become) {
            case Connection.Become.No no -> no;
            case Connection.Become.Sudo sudo ->
                new Connection.Become.Sudo(sudo.user(), sudo.password().or(() -> password));
        };
    }
}
