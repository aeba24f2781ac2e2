package dev.runbook.steps.shared;

import dev.runbook.model.Attributes;
import dev.runbook.model.action.FileAction;

/** Creates the run's own folders where they do not exist yet. */
public final class RunFolder {
    /** For folders that every user may read, such as a unit's drop-in folder. */
    public static final Attributes PUBLIC = new Attributes("0755", 0, 0);

    private RunFolder() {}

    public static void ensure(Actions actions, String path) {
        ensure(actions, path, Attributes.PRIVATE_FOLDER);
    }

    public static void ensure(Actions actions, String path, Attributes attributes) {
        if (!actions.state().present(path)) {
            actions.add(new FileAction.MakeFolder(path, attributes));
        }
    }

    /** Folder part of an absolute path. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** Last part of a path. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
