package dev.runbook.steps.patchmanifest;

import dev.runbook.step.Effects.Claim;
import dev.runbook.step.WrittenParameter;
import java.util.ArrayList;
import java.util.List;

/** Claims in an edit of etcd's configuration on data folders and tokens. */
final class Claims {
    private Claims() {}

    static List<Claim> of(WrittenParameter parameters) {
        List<Claim> claims = new ArrayList<>();
        folder(claims, parameters, "data_dir");
        folder(claims, parameters, "flags", "data-dir");
        var token = parameters.field("flags").field("initial-cluster-token");
        if (!(token instanceof WrittenParameter.Absent)) {
            claims.add(new Claim.Token(List.of("flags", "initial-cluster-token"), token.dependsOnRun()));
        }
        if (parameters.field("host_paths") instanceof WrittenParameter.Named(var volumes)) {
            volumes.keySet().stream().sorted().forEach(volume -> folder(claims, parameters, "host_paths", volume));
        }
        return claims;
    }

    private static void folder(List<Claim> claims, WrittenParameter parameters, String... field) {
        var value = parameters;
        for (var name : field) {
            value = value.field(name);
        }
        value.text().ifPresent(path -> claims.add(new Claim.DataFolder(List.of(field), path, false)));
    }
}
