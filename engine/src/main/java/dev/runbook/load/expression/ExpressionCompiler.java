package dev.runbook.load.expression;

import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks expressions against the names of a runbook.
 *
 * <p>A single name is resolved here: CEL takes some 200 ms to load its classes, which a runbook of plain references
 * should not pay. The meaning is the same.
 */
public final class ExpressionCompiler {
    private static final Pattern NAME =
            Pattern.compile("(inputs|host|run)\\.([A-Za-z_]\\w*)|steps\\.([A-Za-z_]\\w*)\\.([A-Za-z_]\\w*)");
    private static final Pattern VARIABLE =
            Pattern.compile("vars\\.([A-Za-z_]\\w*)|vars\\[\"([^\"\\\\]*)\"]|vars\\['([^'\\\\]*)']");

    private final Declarations declarations;
    private final Consumer<Problem> problems;
    private @Nullable CelChecker cel;

    public ExpressionCompiler(Declarations declarations, Consumer<Problem> problems) {
        this.declarations = declarations;
        this.problems = problems;
    }

    /**
     * Empty when a problem was reported.
     *
     * @param step the index of the step that the expression belongs to
     */
    public Optional<Expression> compile(ExpressionSource source, int step) {
        var text = source.text().strip();
        var position = source.position();
        if (text.isEmpty()) {
            problems.accept(Problem.at(
                    source.at(0, 1),
                    "expression-syntax",
                    "the expression is empty",
                    "write a name, as in ${{ inputs.x }}"));
            return Optional.empty();
        }
        var variable = VARIABLE.matcher(text);
        if (variable.matches()) {
            var name = variable.group(variable.group(1) != null ? 1 : variable.group(2) != null ? 2 : 3);
            return Optional.of(new Expression.HostVariable(name, position));
        }
        if (NAME.matcher(text).matches()) {
            return name(text, position, step);
        }
        return cel().check(source)
                .filter(expression -> expression.references().stream()
                        .allMatch(name -> isAvailable(name, expression.positionOf(name), step)))
                .map(expression -> expression);
    }

    /** The problem of a secret that is used within a larger expression or text. */
    public static Problem secretUse(Position position) {
        return Problem.at(
                position,
                "secret-use",
                "a secret may only be passed on unchanged, to a parameter that takes a secret",
                "write ${{ inputs.NAME }} and nothing else");
    }

    private Optional<Expression> name(String name, Position position, int step) {
        var declared = declarations.values().get(name);
        if (declared == null) {
            UnknownName.of(name, position, declarations).ifPresent(problems);
            return Optional.empty();
        }
        return isAvailable(name, position, step)
                ? Optional.of(new Expression.Name(name, declared.type(), position))
                : Optional.empty();
    }

    private boolean isAvailable(String name, Position position, int step) {
        var declared = declarations.values().get(name);
        if (declared == null || declared.availableFrom() <= step) {
            return true;
        }
        problems.accept(Problem.at(
                position,
                "forward-reference",
                name + " comes from " + (declared.availableFrom() == step + 1 ? "this very step" : "a later step"),
                "only outputs of earlier steps can be used"));
        return false;
    }

    private CelChecker cel() {
        var known = cel;
        if (known == null) {
            known = new CelChecker(declarations, problems);
            cel = known;
        }
        return known;
    }
}
