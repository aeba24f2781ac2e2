package dev.runbook.node.ssh;

import dev.runbook.model.Connection;
import dev.runbook.node.NodeUnreachable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/**
 * What we have to show who we are, in the order in which it is offered.
 *
 * @param offered in words, for the message when none was taken
 * @param passedOver keys that were not offered, and why
 */
record Credentials(List<AuthMethod> methods, List<String> offered, List<String> passedOver) {
    static Credentials of(Connection.Ssh ssh, SshSettings settings, KeyFiles files) throws NodeUnreachable {
        var methods = new ArrayList<AuthMethod>();
        var offered = new ArrayList<String>();
        var passedOver = new ArrayList<String>();
        Optional<NodeUnreachable> locked = Optional.empty();
        var named = !ssh.keys().isEmpty();
        for (var path : named ? ssh.keys() : settings.defaultKeys()) {
            if (!named && !Files.exists(path)) {
                continue;
            }
            try {
                methods.add(new AuthPublickey(files.load(path, ssh.keyPassphrase())));
                offered.add(path.toString());
            } catch (KeyFiles.Unusable e) {
                var unusable = e.unreachable();
                if (named && !(e.isLocked() && settings.agentSocket().isPresent())) {
                    throw unusable;
                }
                if (named) {
                    locked = Optional.of(unusable);
                }
                passedOver.add(String.valueOf(e.getMessage()));
            }
        }
        if (settings.agentSocket().isPresent()) {
            addAgent(settings.agentSocket().get(), methods, offered, passedOver);
        }
        ssh.password().ifPresent(password -> {
            var finder = PasswordUtils.createOneOff(password.reveal().toCharArray());
            methods.add(new AuthPassword(finder));
            // Some servers ask for a password in this way only.
            var again = PasswordUtils.createOneOff(password.reveal().toCharArray());
            methods.add(new AuthKeyboardInteractive(new PasswordResponseProvider(again)));
            offered.add("a password");
        });
        if (methods.isEmpty() && locked.isPresent()) {
            throw locked.get();
        }
        return new Credentials(methods, offered, passedOver);
    }

    private static void addAgent(Path socket, List<AuthMethod> methods, List<String> offered, List<String> passedOver) {
        try {
            for (var identity : SshAgent.identities(socket)) {
                methods.add(new AgentAuthentication(socket, identity));
                offered.add("the agent's " + identity.comment());
            }
        } catch (SshAgent.Unavailable e) {
            passedOver.add("the agent at " + socket + " does not answer: " + e.getMessage());
        }
    }
}
