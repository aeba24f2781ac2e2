package dev.runbook.node.shell.script;

import dev.runbook.model.Connection.Become;
import java.util.List;

/**
 * What the login shell is asked to run. On one line and without single quotes or exclamation marks inside, so that csh
 * and fish read it as sh does.
 */
public final class LoginCommand {
    /**
     * Moves the streams out of the way of what scripts run, says that it is there, and then runs one script after
     * another. dd takes exactly a script's bytes: the rest of the stream may be a file. eval sees a script as a whole:
     * one that was cut off has no closing brace and does nothing.
     */
    private static final String LOOP = "exec 3<&0 4>&1 </dev/null; umask 077; LC_ALL=C; export LC_ALL; "
            + "printf \"\\n%s ready\\n\" \"$1\" >&4; IFS= read -r rb_nonce <&3 || exit 1; "
            + "while read -r rb_length <&3; do "
            + "rb_script=$(dd bs=\"$rb_length\" count=1 iflag=fullblock status=none <&3) || exit 1; "
            + "eval \"$rb_script\"; done";

    // sudo takes the prompt as it is; a line of its own makes it a mark. It reads the password byte by byte.
    private static final String SUDO =
            "exec sudo -S -p \"$(printf \"\\n%s password\\n:\" \"$1\")\" -u \"$2\" -- sh -c \"$3\" sh \"$1\"";
    private static final String SUDO_SILENT = "exec sudo -n -u \"$2\" -- sh -c \"$3\" sh \"$1\"";

    private LoginCommand() {}

    public static String render(Become become, String token) {
        return ShellQuote.words(
                switch (become) {
                    case Become.No() -> List.of("sh", "-c", LOOP, "sh", token);
                    case Become.Sudo(var user, var password) ->
                        List.of("sh", "-c", password.isPresent() ? SUDO : SUDO_SILENT, "sh", token, user, LOOP);
                });
    }
}
