package dev.runbook.node.shell.script;

import java.util.List;

/**
 * A program on the node that connects to an address there and passes bytes between it and its own standard streams, for
 * a node whose sshd refuses to connect. Needs no rights. One line without single quotes or exclamation marks, as {@link
 * LoginCommand} and for the same reason.
 *
 * <p>Before the first byte it prints a line with the token and {@code relay}, or {@code none} when no program can do it.
 */
public final class RelayCommand {
    /** Whatever is there, the likeliest first. Only the first two tell a connection from one that was not made. */
    private static final String CHOICE =
            "if command -v bash >/dev/null 2>&1; then exec bash -c \"$4\" bash \"$1\" \"$2\" \"$3\"; fi; if command -v"
                + " python3 >/dev/null 2>&1; then exec python3 -c \"$5\" \"$1\" \"$2\" \"$3\"; fi; if command -v socat"
                + " >/dev/null 2>&1; then case $1 in *:*) rb_host=\"[$1]\" ;; *) rb_host=$1 ;; esac; printf \"\\n"
                + "%s relay\\n"
                + "\" \"$3\"; exec socat - \"TCP:$rb_host:$2\"; fi; if command -v nc >/dev/null 2>&1; then printf"
                + " \"\\n"
                + "%s relay\\n"
                + "\" \"$3\"; exec nc \"$1\" \"$2\"; fi; if command -v busybox >/dev/null 2>&1; then printf \"\\n"
                + "%s relay\\n"
                + "\" \"$3\"; exec busybox nc \"$1\" \"$2\"; fi; printf \"\\n"
                + "%s none\\n"
                + "\" \"$3\"";

    /** Ends when either side does: the writer ends the reader, and nothing but the reader holds the output. */
    private static final String BASH = "exec 3<>\"/dev/tcp/$1/$2\" 4<&0 || exit 1; printf \"\\n"
            + "%s relay\\n"
            + "\" \"$3\"; cat <&3 & rb_reader=$(jobs -p); (cat <&4 >&3; kill \"$rb_reader\") >/dev/null 2>&1 &"
            + " wait \"$rb_reader\"";

    private static final String PYTHON = "import os,socket,sys,threading;"
            + "s=socket.create_connection((sys.argv[1],int(sys.argv[2])));"
            + "os.write(1,(\"\\n%s relay\\n\"%sys.argv[3]).encode());"
            + "threading.Thread(target=lambda:([os.write(1,d) for d in iter(lambda:s.recv(65536),b\"\")],os._exit(0)),"
            + "daemon=True).start();"
            + "[s.sendall(d) for d in iter(lambda:os.read(0,65536),b\"\")];os._exit(0)";

    private RelayCommand() {}

    /**
     * The command line of the relay.
     *
     * @param token letters and digits
     */
    public static String render(String host, int port, String token) {
        return ShellQuote.words(List.of("sh", "-c", CHOICE, "sh", host, Integer.toString(port), token, BASH, PYTHON));
    }
}
