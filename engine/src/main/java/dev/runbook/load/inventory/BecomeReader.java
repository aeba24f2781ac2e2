package dev.runbook.load.inventory;

import dev.runbook.load.source.SudoPassword;
import dev.runbook.load.ssh.ShellWords;
import dev.runbook.model.Connection.Become;
import dev.runbook.model.Problem;
import dev.runbook.model.Secret;
import dev.runbook.yaml.YamlValue.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads whose rights the work is done with. */
final class BecomeReader {
    private static final String[] PASSWORD = {"ansible_become_password", "ansible_become_pass", "ansible_sudo_pass"};

    private static final String IN_CALL =
            "give it with -K, --become-password-file FILE or RUNBOOK_BECOME_PASSWORD, which count for such hosts";

    /** Flags of sudo that change neither the user nor the program. */
    private static final Set<String> HARMLESS = Set.of("-H", "-S", "-n", "-E", "-k", "-b", "-P");

    private final SudoPassword ofCall;

    BecomeReader(SudoPassword ofCall) {
        this.ofCall = ofCall;
    }

    Become read(ConnectionVars vars, List<Problem> warnings) {
        if (!vars.flag("ansible_become")) {
            return new Become.No();
        }
        vars.find("ansible_become_method")
                .filter(method -> !Set.of("sudo", "ansible.builtin.sudo", "community.general.sudo")
                        .contains(method.text()))
                .ifPresent(method -> vars.refuse(
                        method,
                        "become-method",
                        "privileges are escalated with sudo only, not with " + method.text(),
                        "set ansible_become_method to sudo"));
        vars.find("ansible_become_exe", "ansible_sudo_exe")
                .filter(program -> !program.text().equals("sudo"))
                .ifPresent(program -> {
                    if (program.text().endsWith("/sudo") && !program.text().contains(" ")) {
                        warnings.add(Problem.at(
                                        program.position(),
                                        "become-exe",
                                        "ansible_become_exe is " + program.text()
                                                + ", but sudo is looked up in the PATH of the login here",
                                        "")
                                .asWarning());
                    } else {
                        vars.refuse(
                                program,
                                "become-exe",
                                "privileges are escalated with sudo only, not with \"" + program.text() + "\"",
                                "remove ansible_become_exe, and let the login use sudo; or log in as root");
                    }
                });
        flags(vars, warnings);
        return new Become.Sudo(vars.text("ansible_become_user").orElse("root"), password(vars, warnings));
    }

    private static void flags(ConnectionVars vars, List<Problem> warnings) {
        vars.find("ansible_become_flags", "ansible_sudo_flags").ifPresent(flags -> {
            var words = ShellWords.split(flags.text());
            if (!words.stream().allMatch(BecomeReader::isHarmless)) {
                vars.refuse(
                        flags,
                        "become-flags",
                        "ansible_become_flags is \"" + flags.text()
                                + "\", but sudo gets no flags of the inventory here",
                        "remove what sudo can do without; the user is ansible_become_user");
            } else if (words.stream().anyMatch(word -> word.matches("-\\w*[^HSn-]\\w*"))) {
                warnings.add(Problem.at(
                                flags.position(),
                                "become-flags",
                                "ansible_become_flags is \"" + flags.text() + "\", which has no effect here",
                                "")
                        .asWarning());
            }
        });
    }

    private static boolean isHarmless(String word) {
        return word.matches("-\\w+") && word.chars().skip(1).allMatch(letter -> HARMLESS.contains("-" + (char) letter));
    }

    /** A password that only Ansible can read is made up for by the call's, which counts for hosts without one. */
    private Optional<Secret> password(ConnectionVars vars, List<Problem> warnings) {
        var readable = vars.readable(PASSWORD);
        var opaque = vars.opaque(IN_CALL, PASSWORD);
        if (readable.isPresent() || opaque.isEmpty()) {
            return readable.map(Scalar::text).map(Secret::new);
        }
        switch (ofCall) {
            case GIVEN -> {}
            case NOT_GIVEN -> vars.refuse(opaque.get());
            case LATER -> warnings.add(opaque.get().asWarning());
        }
        return Optional.empty();
    }
}
