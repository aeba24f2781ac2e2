package dev.runbook.steps.command;

import dev.runbook.step.Effects.Claim;
import dev.runbook.step.WrittenParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Claims in the arguments of a program on new members' data, where the program is etcd's own tool or a shell that calls
 * it. Only findings of the linter use them; no plan depends on them.
 */
final class RestoreArguments {
    private static final Pattern DATA_DIR = Pattern.compile("--data-dir(?:[= ]\\s*[\"']?([^\\s\"']+)|$)");
    private static final Pattern TOKEN = Pattern.compile("--initial-cluster-token(?:[= ]\\s*[\"']?([^\\s\"']+)|$)");
    private static final Pattern RESTORE = Pattern.compile("\\bsnapshot\\s+restore\\b");

    private RestoreArguments() {}

    static List<Claim> claims(WrittenParameter argv) {
        var arguments = argv.items();
        var line = String.join(
                " ",
                arguments.stream().map(argument -> argument.text().orElse("")).toList());
        List<Claim> claims = new ArrayList<>();
        for (int index = 0; index < arguments.size(); index++) {
            var field = List.of("argv", Integer.toString(index));
            var folder = value(DATA_DIR, arguments, index);
            boolean restores = RESTORE.matcher(line).find();
            folder.ifPresent(path -> claims.add(new Claim.DataFolder(field, path, restores)));
            if (restores) {
                folder.ifPresent(path -> claims.add(new Claim.OwnerUnspecified(field, path)));
            }
            int at = index;
            value(TOKEN, arguments, index)
                    .ifPresent(token -> claims.add(new Claim.Token(field, isFresh(arguments, at))));
        }
        return claims;
    }

    /** The flag's value: in the same argument, or in the next one. */
    private static Optional<String> value(Pattern flag, List<WrittenParameter> arguments, int index) {
        var matcher = flag.matcher(arguments.get(index).text().orElse(""));
        if (!matcher.find()) {
            return Optional.empty();
        }
        return matcher.group(1) != null
                ? Optional.of(matcher.group(1))
                : index + 1 < arguments.size() ? arguments.get(index + 1).text() : Optional.empty();
    }

    private static boolean isFresh(List<WrittenParameter> arguments, int index) {
        return arguments.get(index).dependsOnRun()
                || (index + 1 < arguments.size() && arguments.get(index + 1).dependsOnRun());
    }
}
