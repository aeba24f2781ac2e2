package dev.runbook.node.shell.script;

import dev.runbook.model.EtcdAccess;
import dev.runbook.model.EtcdTool;
import dev.runbook.model.action.EtcdDataAction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** The calls that run etcdctl or etcdutl, on the node itself or in the etcd image. */
final class EtcdScript {
    private static final String SAVER = "etcdctl";

    private EtcdScript() {}

    static List<String> render(EtcdDataAction action, String container) {
        return switch (action) {
            case EtcdDataAction.RestoreData restore -> restore(restore, container);
            case EtcdDataAction.SaveSnapshot save -> save(save, container);
        };
    }

    private static List<String> restore(EtcdDataAction.RestoreData restore, String container) {
        var dataDir = ScriptArguments.path(restore.dataDir());
        var walDir = restore.walDir().map(ScriptArguments::path);
        var folders = new LinkedHashSet<String>();
        folders.add(ScriptArguments.parent(restore.snapshot()));
        folders.add(ScriptArguments.parent(dataDir));
        walDir.ifPresent(wal -> folders.add(ScriptArguments.parent(wal)));

        var words = new ArrayList<>(List.of(
                "rb_restore_data",
                ScriptArguments.path(restore.snapshot()),
                dataDir,
                walDir.orElse(""),
                restore.member().token(),
                restore.attributes().mode(),
                ScriptArguments.owner(restore.attributes()),
                inImage(restore.tool()) ? container : "",
                ScriptArguments.seconds(restore.deadline())));
        words.addAll(program(restore.tool(), container, folders, false));
        words.addAll(restore.arguments(dataDir + ".part"));
        return words;
    }

    private static List<String> save(EtcdDataAction.SaveSnapshot save, String container) {
        var path = ScriptArguments.path(save.path());
        var folders = new LinkedHashSet<String>();
        folders.add(ScriptArguments.parent(path));
        save.access().tls().ifPresent(tls -> {
            tls.authority().ifPresent(file -> folders.add(ScriptArguments.parent(file)));
            tls.identity().ifPresent(identity -> {
                folders.add(ScriptArguments.parent(identity.certificate()));
                folders.add(ScriptArguments.parent(identity.key()));
            });
        });
        var words = new ArrayList<>(List.of(
                "rb_save_snapshot",
                path,
                inImage(save.tool()) ? container : "",
                ScriptArguments.seconds(save.deadline())));
        words.addAll(program(saver(save.tool()), container, folders, true));
        words.add("--endpoints=" + save.access().url());
        save.access().tls().ifPresent(tls -> words.addAll(certificates(tls)));
        words.addAll(List.of("snapshot", "save", path + ".part"));
        return words;
    }

    private static List<String> certificates(EtcdAccess.TlsFiles tls) {
        var words = new ArrayList<String>();
        // Without an authority the member made its certificate itself (--auto-tls), and nothing vouches for it.
        words.add(tls.authority().map(path -> "--cacert=" + path).orElse("--insecure-skip-tls-verify"));
        tls.identity().ifPresent(identity -> {
            words.add("--cert=" + identity.certificate());
            words.add("--key=" + identity.key());
        });
        return words;
    }

    private static boolean inImage(EtcdTool tool) {
        return tool instanceof EtcdTool.InImage;
    }

    /** Saving is etcdctl's alone; it lies beside etcdutl wherever that is. */
    private static EtcdTool saver(EtcdTool tool) {
        return switch (tool) {
            case EtcdTool.OnHost(var program, var path) ->
                new EtcdTool.OnHost(
                        SAVER, path.endsWith("/" + program) ? ScriptArguments.parent(path) + "/" + SAVER : path);
            case EtcdTool.InImage(var program, var image) -> new EtcdTool.InImage(SAVER, image);
        };
    }

    /** Up to the program's own arguments. Folders have the same paths inside a container as outside. */
    private static List<String> program(
            EtcdTool tool, String container, SequencedSet<String> folders, boolean hostNetwork) {
        return switch (tool) {
            case EtcdTool.OnHost(var program, var path) -> List.of(path.isEmpty() ? program : path);
            case EtcdTool.InImage(var program, var image) -> {
                var words = new ArrayList<>(List.of("ctr", "-n", "k8s.io", "run", "--rm", "--env", "ETCDCTL_API=3"));
                if (hostNetwork) {
                    words.add("--net-host");
                }
                for (var folder : folders) {
                    if (folder.contains(",")) {
                        throw new IllegalArgumentException("ctr mounts no folder with a comma in its name: " + folder);
                    }
                    // Not what is mounted below: under /var/lib that is every container's file system.
                    words.addAll(List.of("--mount", "type=bind,src=" + folder + ",dst=" + folder + ",options=bind:rw"));
                }
                // By its bare name: images keep it in /usr/local/bin or in /usr/bin, and both are in their PATH.
                words.addAll(List.of(image, container, program));
                yield words;
            }
        };
    }
}
