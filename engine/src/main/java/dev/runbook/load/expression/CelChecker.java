package dev.runbook.load.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.runbook.model.Position;
import dev.runbook.model.Problem;
import dev.runbook.step.ValueType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Parses and type-checks with CEL. The only class, with {@link CelExpression}, that makes CEL's classes load. */
final class CelChecker {
    private final Declarations declarations;
    private final Consumer<Problem> problems;
    private final CelCompiler compiler;

    CelChecker(Declarations declarations, Consumer<Problem> problems) {
        this.declarations = declarations;
        this.problems = problems;
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(CelOptions.current().build())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("vars", MapType.create(SimpleType.STRING, SimpleType.DYN));
        // Dotted names are single variables of CEL, so that an unknown one fails here and not on a host.
        declarations.values().forEach((name, declared) -> builder.addVar(name, celType(declared)));
        compiler = builder.build();
    }

    Optional<CelExpression> check(ExpressionSource source) {
        var result = compiler.compile(source.text());
        if (result.hasError()) {
            new CelProblems(source, declarations).of(result.getErrors()).forEach(problems);
            return Optional.empty();
        }
        try {
            var tree = result.getAst();
            var references = references(tree, source);
            var secret = references.entrySet().stream()
                    .filter(reference -> {
                        var declared = declarations.values().get(reference.getKey());
                        return declared != null && declared.isSecret();
                    })
                    .findFirst();
            if (secret.isPresent()) {
                problems.accept(ExpressionCompiler.secretUse(secret.get().getValue()));
                return Optional.empty();
            }
            return Optional.of(new CelExpression(tree, source, type(tree.getResultType()), references));
        } catch (CelValidationException impossible) {
            throw new IllegalStateException("CEL reports errors after it had none", impossible);
        }
    }

    /** The declared names that an expression uses, each with its first position. References to functions are skipped. */
    private Map<String, Position> references(CelAbstractSyntaxTree tree, ExpressionSource source) {
        Map<String, Position> references = new LinkedHashMap<>();
        var offsets = tree.getSource().getPositionsMap();
        tree.getReferenceMap().forEach((id, reference) -> {
            var name = reference.name();
            if (name.equals("vars") || declarations.values().containsKey(name)) {
                // A selection's offset is that of its last dot; the name begins before it.
                var end = source.text().offsetByCodePoints(0, offsets.getOrDefault(id, 0));
                var start =
                        name.contains(".") ? Math.max(0, source.text().lastIndexOf(name.split("\\.", 2)[0], end)) : end;
                references.putIfAbsent(name, source.at(start, name.length()));
            }
        });
        return references;
    }

    private static CelType celType(Declarations.Declared declared) {
        return switch (declared.type()) {
            case ExpressionType.Known(var type, var mayBeMissing) ->
                mayBeMissing && type != ValueType.SECRET ? NullableType.create(celType(type)) : celType(type);
            case ExpressionType.Dynamic() -> SimpleType.DYN;
            case ExpressionType.Other(var name) -> SimpleType.DYN;
        };
    }

    private static CelType celType(ValueType type) {
        return switch (type) {
            case STRING, DURATION, PATH -> SimpleType.STRING;
            case INT -> SimpleType.INT;
            case BOOL -> SimpleType.BOOL;
            case STRING_LIST -> ListType.create(SimpleType.STRING);
            // Passes the check of CEL, so that the misuse of the secret is reported instead.
            case SECRET -> SimpleType.DYN;
        };
    }

    private static ExpressionType type(CelType type) {
        return switch (type.kind()) {
            case BOOL -> new ExpressionType.Known(ValueType.BOOL, false);
            case INT -> new ExpressionType.Known(ValueType.INT, false);
            case STRING -> new ExpressionType.Known(ValueType.STRING, false);
            case LIST -> new ExpressionType.Known(ValueType.STRING_LIST, false);
            case DYN, ANY -> new ExpressionType.Dynamic();
            default -> new ExpressionType.Other(type.name());
        };
    }
}
