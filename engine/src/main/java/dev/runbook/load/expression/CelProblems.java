package dev.runbook.load.expression;

import dev.cel.common.CelIssue;
import dev.runbook.model.DidYouMean;
import dev.runbook.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Translates CEL's messages to problems with positions in the YAML file. */
final class CelProblems {
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']+)'.*");
    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '([^']+)' applied to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern SELECTION = Pattern.compile("type '([^']+)' does not support field selection.*");
    private static final Pattern MISSING = Pattern.compile("missing '?(.+?)'? at .*");
    private static final Pattern UNEXPECTED = Pattern.compile(
            "(?:mismatched input|extraneous input|no viable alternative at input|token recognition error at:)"
                    + " '(.*?)'(?: expecting .*)?",
            Pattern.DOTALL);
    private static final Pattern CHAIN = Pattern.compile("[A-Za-z_]\\w*(?:\\s*\\.\\s*[A-Za-z_]\\w*)*");

    private static final List<String> FUNCTIONS = List.of(
            "size",
            "startsWith",
            "endsWith",
            "contains",
            "matches",
            "string",
            "int",
            "double",
            "bool",
            "duration",
            "has",
            "all",
            "exists",
            "exists_one",
            "filter",
            "map",
            "type");

    private final ExpressionSource source;
    private final Declarations declarations;

    CelProblems(ExpressionSource source, Declarations declarations) {
        this.source = source;
        this.declarations = declarations;
    }

    /** Every unknown name; else the first error only, because later ones usually follow from it. */
    List<Problem> of(List<CelIssue> errors) {
        Map<Integer, Optional<Problem>> undeclared = new LinkedHashMap<>();
        for (var error : errors) {
            var matcher = UNDECLARED.matcher(error.getMessage());
            if (matcher.matches()) {
                undeclared(matcher.group(1), offset(error), undeclared);
            }
        }
        if (!undeclared.isEmpty()) {
            return new ArrayList<>(
                    undeclared.values().stream().flatMap(Optional::stream).toList());
        }
        return List.of(other(errors.getFirst()));
    }

    /** Adds problems keyed by the start of the chain of names: for {@code foo.bar(1)} CEL reports both foo and bar. */
    private void undeclared(String name, int offset, Map<Integer, Optional<Problem>> found) {
        var chains = CHAIN.matcher(source.text());
        while (chains.find()) {
            var isCall = chains.end() == offset && source.text().startsWith("(", offset);
            if (!isCall && (offset < chains.start() || offset >= chains.end())) {
                continue;
            }
            var chain = chains.group().replaceAll("\\s", "");
            var position = source.at(chains.start(), chains.group().length());
            found.putIfAbsent(
                    chains.start(),
                    isCall && isOnlyTheFunctionUnknown(chain, name)
                            ? Optional.of(unknownFunction(name, chains.end()))
                            : UnknownName.of(chain, position, declarations));
            return;
        }
        found.putIfAbsent(
                offset,
                Optional.of(Problem.at(
                        source.at(offset, name.length()), "unknown-name", "there is no \"" + name + "\"", "")));
    }

    private boolean isOnlyTheFunctionUnknown(String chain, String name) {
        if (!chain.endsWith("." + name)) {
            return chain.equals(name);
        }
        var receiver = chain.substring(0, chain.length() - name.length() - 1);
        return receiver.startsWith("vars") || declarations.values().containsKey(receiver);
    }

    private Problem unknownFunction(String name, int end) {
        return Problem.at(
                source.at(end - name.length(), name.length()),
                "unknown-function",
                "there is no function " + name + "()",
                DidYouMean.nearest(name, FUNCTIONS)
                        .map(known -> "did you mean " + known + "?")
                        .orElse(""));
    }

    private Problem other(CelIssue error) {
        var message = error.getMessage();
        var offset = offset(error);
        var overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            var operator = overload.group(1).replace("@", "").replace("_", "").strip();
            var types = overload.group(2).replaceAll("[()]", "");
            return Problem.at(
                    source.at(offset, operator.length()),
                    "expression-type",
                    operator + " does not apply to " + types.replace(", ", " and "),
                    types.contains(",") ? "convert one side, as in string(...) or int(...)" : "");
        }
        var selection = SELECTION.matcher(message);
        if (selection.matches()) {
            return Problem.at(
                    source.at(offset, 1), "expression-type", "a " + selection.group(1) + " has no fields", "");
        }
        var missing = MISSING.matcher(message);
        if (missing.matches()) {
            return syntax(offset, 1, missing.group(1) + " is missing");
        }
        var unexpected = UNEXPECTED.matcher(message);
        if (unexpected.matches()) {
            return unexpected.group(1).equals("<EOF>")
                    ? syntax(offset, 1, "the expression ends too early")
                    : syntax(offset, unexpected.group(1).length(), unexpected.group(1) + " is not expected here");
        }
        return syntax(offset, 1, message.lines().findFirst().orElse(message));
    }

    private Problem syntax(int offset, int length, String summary) {
        return Problem.at(
                source.at(offset, length), "expression-syntax", summary, "expressions are CEL: a == b, a && b, f(a)");
    }

    /** From CEL's line and code point column to a UTF-16 offset in the expression. */
    private int offset(CelIssue error) {
        var line = error.getSourceLocation().getLine();
        var start = 0;
        for (var i = 1; i < line; i++) {
            start = source.text().indexOf('\n', start) + 1;
        }
        var codePoints = source.text().codePointCount(start, source.text().length());
        var column = Math.max(0, Math.min(error.getSourceLocation().getColumn(), codePoints));
        return source.text().offsetByCodePoints(start, column);
    }
}
