package dev.runbook.node.shell.wire;

import dev.runbook.model.Connection.Become;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.script.LoginCommand;
import dev.runbook.node.shell.script.Prelude;
import dev.runbook.node.shell.script.ShellSettings;
import java.nio.charset.StandardCharsets;

/** Starts a shell with the rights that are asked for. The password, if any, leaves this class on a stream only. */
public final class ShellStart {
    private static final String ADD_PASSWORD =
            "give it with -K, --become-password-file FILE or RUNBOOK_BECOME_PASSWORD";

    private final String host;
    private final String login;
    private final Become become;
    private final ShellSettings settings;

    /** @param login the user that sudo asks for a password */
    public ShellStart(String host, String login, Become become, ShellSettings settings) {
        this.host = host;
        this.login = login;
        this.become = become;
        this.settings = settings;
    }

    public FramedShell open(Transport transport, boolean bulk) throws NodeUnreachable {
        var token = Nonces.next();
        var shell = new FramedShell(transport.start(LoginCommand.render(become, token), bulk), token);
        var deadline = Deadline.in(settings.startPatience());
        try {
            awaitReady(shell, deadline);
            shell.begin(Nonces.next());
            shell.send(Prelude.script(settings));
            shell.await("prepared", deadline);
            return shell;
        } catch (ShellLost e) {
            shell.close();
            throw explain(e.getMessage() == null ? "" : e.getMessage());
        } catch (NodeUnreachable e) {
            shell.close();
            throw e;
        }
    }

    private void awaitReady(FramedShell shell, Deadline deadline) throws ShellLost, NodeUnreachable {
        var sent = false;
        while (true) {
            var mark = shell.next(deadline);
            if (mark.is("ready")) {
                return;
            }
            if (mark.is("password")) {
                if (sent) {
                    throw refused();
                }
                sent = true;
                var password = password();
                shell.write(password);
            }
        }
    }

    private byte[] password() throws NodeUnreachable {
        if (become instanceof Become.Sudo(var user, var password) && password.isPresent()) {
            return (password.get().reveal() + "\n").getBytes(StandardCharsets.UTF_8);
        }
        throw unknown();
    }

    private NodeUnreachable unknown() {
        return new NodeUnreachable(
                "sudo asks for a password of " + login + " on " + host + " and none is known", ADD_PASSWORD);
    }

    private NodeUnreachable refused() {
        return new NodeUnreachable(
                "sudo refused the password of " + login + " on " + host,
                "correct the password of -K, --become-password-file or RUNBOOK_BECOME_PASSWORD, or"
                        + " ansible_become_password");
    }

    private NodeUnreachable explain(String said) {
        if (become instanceof Become.Sudo) {
            if (said.contains("incorrect password")) {
                return refused();
            }
            if (said.contains("password is required")) {
                return unknown();
            }
            return new NodeUnreachable(
                    "sudo on " + host + " did not start a shell: " + said,
                    "try `sudo -v` on that host as the same user, and check its sudoers");
        }
        return new NodeUnreachable(
                "no shell could be started on " + host + ": " + said,
                "the login needs a POSIX sh with coreutils; try `sh -c true` on that host");
    }
}
