package dev.runbook.load;

import dev.runbook.model.Problem;
import dev.runbook.yaml.YamlValue.Scalar;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Names that expressions may use: identifiers of CEL. */
final class ExpressionNames {
    static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    static final Set<String> RESERVED = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "namespace",
            "null",
            "package",
            "return",
            "true",
            "var",
            "void",
            "while");

    private ExpressionNames() {}

    static boolean check(Scalar name, String noun, Consumer<Problem> problems) {
        if (IDENTIFIER.matcher(name.text()).matches() && !RESERVED.contains(name.text())) {
            return true;
        }
        problems.accept(Problem.at(
                name.position(),
                "bad-name",
                "\"" + name.text() + "\" cannot be the name of " + noun,
                RESERVED.contains(name.text())
                        ? "choose another name, because this is a reserved word in expressions"
                        : "use letters, digits and _, as in " + name.text().replaceAll("[^A-Za-z0-9_]", "_")));
        return false;
    }
}
