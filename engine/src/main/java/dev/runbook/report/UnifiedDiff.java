package dev.runbook.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.runbook.step.StepPlan.FileDiff;
import java.util.List;

/** How a file changes, in the form of diff -u; what looks like a secret is masked. */
public final class UnifiedDiff {
    private static final int CONTEXT_LINES = 2;

    private UnifiedDiff() {}

    public static List<String> of(FileDiff diff) {
        var before = diff.before().lines().toList();
        var patch = DiffUtils.diff(before, diff.after().lines().toList());
        return UnifiedDiffUtils.generateUnifiedDiff(diff.path(), diff.path(), before, patch, CONTEXT_LINES).stream()
                .map(Redaction::mask)
                .toList();
    }
}
