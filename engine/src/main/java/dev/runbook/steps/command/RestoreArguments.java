package dev.runbook.steps.command;

import dev.runbook.step.Effects.Claim;
import dev.runbook.step.WrittenParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the arguments of a program say of members to come, where it is etcd's own tool or a shell that calls it. This is
 * for warnings alone: no plan rests on it.
 */
final class RestoreArguments {
    private static final Pattern DATA_DIR = Pattern.compile("--data-dir(?:[= ]\\s*[\"']?([^\\s\"']+)|$)");
    private static final Pattern TOKEN = Pattern.compile("--initial-cluster-token(?:[= ]\\s*[\"']?([^\\s\"']+)|$)");
    private static final Pattern RESTORE = Pattern.compile("\\bsnapshot\\s+restore\\b");

    private RestoreArguments() {}

    static List<Claim> claims(WrittenParameter argv) {
        var words = argv.items();
        var line = String.join(
                " ", words.stream().map(word -> word.text().orElse("")).toList());
        List<Claim> claims = new ArrayList<>();
        for (int index = 0; index < words.size(); index++) {
            var field = List.of("argv", Integer.toString(index));
            var folder = value(DATA_DIR, words, index);
            boolean restores = RESTORE.matcher(line).find();
            folder.ifPresent(path -> claims.add(new Claim.DataFolder(field, path, restores)));
            if (restores) {
                folder.ifPresent(path -> claims.add(new Claim.OwnerLeftOpen(field, path)));
            }
            int at = index;
            value(TOKEN, words, index).ifPresent(token -> claims.add(new Claim.Token(field, isFresh(words, at))));
        }
        return claims;
    }

    /** The flag's value: in the same word, or in the next one. */
    private static Optional<String> value(Pattern flag, List<WrittenParameter> words, int index) {
        var matcher = flag.matcher(words.get(index).text().orElse(""));
        if (!matcher.find()) {
            return Optional.empty();
        }
        return matcher.group(1) != null
                ? Optional.of(matcher.group(1))
                : index + 1 < words.size() ? words.get(index + 1).text() : Optional.empty();
    }

    private static boolean isFresh(List<WrittenParameter> words, int index) {
        return words.get(index).isOfTheRun()
                || (index + 1 < words.size() && words.get(index + 1).isOfTheRun());
    }
}
