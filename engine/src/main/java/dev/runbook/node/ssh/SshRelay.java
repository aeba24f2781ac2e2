package dev.runbook.node.ssh;

import dev.runbook.facts.Silence;
import dev.runbook.node.NodeUnreachable;
import dev.runbook.node.shell.script.RelayCommand;
import dev.runbook.node.shell.wire.Channel;
import dev.runbook.node.shell.wire.Nonces;
import dev.runbook.node.shell.wire.Trouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A connection that a program on the node made, which passes its bytes through a channel of the login. */
record SshRelay(Channel channel) implements Dialled {
    /** What else a login shell may print before the program begins. */
    private static final int LONGEST_GREETING = 64 << 10;

    private static final int LONGEST_REASON = 2000;

    /** Starts programs at the other end. */
    @FunctionalInterface
    interface Starter {
        Channel start(String command) throws NodeUnreachable;
    }

    /** The connection was not made. */
    static final class NotMade extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Trouble trouble;

        NotMade(Silence kind, String text) {
            super(text);
            this.trouble = new Trouble(kind, text);
        }

        Trouble trouble() {
            return trouble;
        }
    }

    /** @param patience until the connection is there */
    static SshRelay open(Starter starter, String host, int port, Duration patience) throws NotMade {
        var token = Nonces.next();
        Channel channel;
        try {
            channel = starter.start(RelayCommand.render(host, port, token));
        } catch (NodeUnreachable e) {
            throw refused(host, port, String.valueOf(e.getMessage()));
        }
        var limit = new DialLimit();
        try (limit) {
            limit.set(patience, channel::close);
            var said = said(channel.output(), token);
            if (said.equals("relay")) {
                return new SshRelay(channel);
            }
            if (limit.reached()) {
                throw late(patience);
            }
            var why = reason(channel.errors());
            channel.close();
            throw said.equals("none")
                    ? refused(host, port, "it has none of bash, python3, socat and nc")
                    : notConnected(host, port, why);
        } catch (NotMade e) {
            throw e;
        } catch (IOException e) {
            channel.close();
            throw limit.reached() ? late(patience) : refused(host, port, String.valueOf(e.getMessage()));
        }
    }

    private static NotMade late(Duration patience) {
        return new NotMade(Silence.TIMED_OUT, "no connection was made within " + patience.toSeconds() + " s");
    }

    private static NotMade refused(String host, int port, String why) {
        return new NotMade(
                Silence.FORWARDING_REFUSED,
                "sshd there refuses TCP forwarding to " + host + " port " + port
                        + " (AllowTcpForwarding, PermitOpen, DisableForwarding, or the key's own options), and no"
                        + " program there can connect in its place: " + why);
    }

    private static NotMade notConnected(String host, int port, String why) {
        var words = why.toLowerCase(Locale.ROOT);
        if (words.contains("refused")) {
            return new NotMade(Silence.NOTHING_LISTENS, "connection refused");
        }
        return words.contains("timed out") || words.contains("no route") || words.contains("unreachable")
                ? new NotMade(Silence.OTHER, why)
                : refused(host, port, why);
    }

    /** The word behind the token; empty when the program ended before it said one. */
    private static String said(InputStream output, String token) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int count = 0; count < LONGEST_GREETING; count++) {
            int next = output.read();
            if (next < 0) {
                return "";
            }
            if (next != '\n') {
                line.write(next);
                continue;
            }
            var text = line.toString(StandardCharsets.UTF_8);
            if (text.startsWith(token + " ")) {
                return text.substring(token.length() + 1);
            }
            line.reset();
        }
        throw new IOException("its login prints without an end");
    }

    private static String reason(InputStream errors) throws IOException {
        var text = new String(errors.readNBytes(LONGEST_REASON), StandardCharsets.UTF_8)
                .replaceAll("\\s+", " ")
                .strip();
        return text.isEmpty() ? "the program ended without a word" : text;
    }

    @Override
    public InputStream input() {
        return channel.output();
    }

    @Override
    public OutputStream output() {
        return channel.input();
    }

    @Override
    public void close() {
        channel.close();
    }
}
