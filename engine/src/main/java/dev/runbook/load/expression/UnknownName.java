package dev.runbook.load.expression;

import dev.runbook.model.DidYouMean;
import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Problems of names that are not declared. */
final class UnknownName {
    private static final List<String> ROOTS = List.of("inputs", "steps", "host", "vars", "run");

    private UnknownName() {}

    /** Empty when the name depends on a step that is a problem already. */
    static Optional<Problem> of(String chain, Position position, Declarations declarations) {
        var parts = chain.split("\\.", -1);
        if (parts[0].equals("steps")
                && parts.length > 1
                && declarations.unknownSteps().contains(parts[1])) {
            return Optional.empty();
        }
        return Optional.of(
                switch (parts[0]) {
                    case "inputs", "host", "run", "steps" -> below(parts, position, declarations);
                    default -> root(parts[0], position, declarations);
                });
    }

    private static Problem below(String[] parts, Position position, Declarations declarations) {
        var known = declarations.below(parts[0] + ".");
        if (parts.length == 1) {
            return problem(position, parts[0] + " is no value by itself", "write " + parts[0] + ".NAME", known);
        }
        var noun = parts[0].equals("inputs") ? "no input is called" : parts[0] + " has no";
        if (!parts[0].equals("steps")) {
            return problem(position, noun + " \"" + parts[1] + "\"", DidYouMean.hint(parts[1], known), known);
        }
        if (!known.contains(parts[1])) {
            return problem(
                    position,
                    "no step with outputs has the id \"" + parts[1] + "\"",
                    DidYouMean.hint(parts[1], known),
                    known);
        }
        var outputs = declarations.below("steps." + parts[1] + ".");
        return parts.length == 2
                ? problem(position, "steps." + parts[1] + " is no value by itself", "name one of its outputs", outputs)
                : problem(
                        position,
                        "the step " + parts[1] + " has no output \"" + parts[2] + "\"",
                        DidYouMean.hint(parts[2], outputs),
                        outputs);
    }

    private static Problem root(String root, Position position, Declarations declarations) {
        List<String> candidates = new ArrayList<>(ROOTS);
        candidates.addAll(declarations.values().keySet());
        var isInput = declarations.values().containsKey("inputs." + root);
        var hint = isInput
                ? "did you mean inputs." + root + "?"
                : DidYouMean.nearest(root, candidates)
                        .map(name -> "did you mean " + name + "?")
                        .orElse("begin names with inputs, steps, host, vars or run, and put text in quotes");
        return Problem.at(position, "unknown-name", "there is no \"" + root + "\"", hint);
    }

    private static Problem problem(Position position, String summary, String hint, List<String> known) {
        return Problem.at(position, "unknown-name", summary, known.isEmpty() ? "the runbook declares none" : hint);
    }

    static Problem ofVariable(String variable, Scope scope, Position position) {
        var host = scope.host().name();
        if (scope.variable(variable).orElse(null) instanceof Scalar scalar && scalar.isOpaque()) {
            return Problem.at(
                    position,
                    "opaque-variable",
                    "the variable " + variable + " of host " + host + " is " + scalar.described()
                            + ", which only Ansible can read",
                    "make it an input of the runbook");
        }
        return Problem.at(
                position,
                "unknown-variable",
                "host " + host + " has no variable \"" + variable + "\"",
                DidYouMean.nearest(variable, scope.host().vars().keySet())
                        .map(name -> "did you mean " + name + "?")
                        .orElse("give it in the inventory, or test for it with has(vars." + variable + ")"));
    }
}
