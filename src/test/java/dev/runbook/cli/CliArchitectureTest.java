package dev.runbook.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages of the command line: which one may know which, and how large one may be. */
class CliArchitectureTest {
    private static final String CLI = "dev.runbook.cli";
    private static final int MOST_FILES = 30;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(CLI);

    /** Each package with the others of the command line that it may know. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.of(
            "options", Set.of(),
            "terminal", Set.of("options"),
            "authoring", Set.of("options", "terminal"),
            "inventory", Set.of("options", "terminal"),
            "snapshot", Set.of("options", "terminal", "inventory"),
            "apply", Set.of("options", "terminal", "inventory", "snapshot"),
            "runs", Set.of("options", "terminal", "inventory", "apply"),
            "prove", Set.of("options", "terminal", "inventory", "apply"),
            "demo", Set.of("options", "terminal", "inventory", "apply"));

    static Iterable<String> packages() {
        return MAY_KNOW.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void knowsOnlyWhatItMay(String name) {
        var allowed = MAY_KNOW.getOrDefault(name, Set.of());
        classes()
                .that()
                .resideInAPackage(CLI + "." + name + "..")
                .should()
                .onlyDependOnClassesThat(describe(
                        "are of " + name + ", of " + allowed + ", or outside the command line",
                        other -> !other.getPackageName().startsWith(CLI)
                                || room(other).equals(name)
                                || allowed.contains(room(other))))
                .check(CLASSES);
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(CLASSES.stream().map(CliArchitectureTest::room).filter(room -> !room.isEmpty()))
                .isSubsetOf(MAY_KNOW.keySet());
    }

    @Test
    void onlyTheEntryPointIsOutsideThePackages() {
        assertThat(CLASSES.stream().filter(type -> room(type).isEmpty()).map(JavaClass::getSimpleName))
                .containsOnly("Main", "package-info");
    }

    @Test
    void onlyTheDemoMakesContainers() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLI + ".demo..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.runbook.fleet..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(CLI + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packagesStaySmall() {
        var files = CLASSES.stream()
                .collect(Collectors.groupingBy(
                        JavaClass::getPackageName,
                        Collectors.mapping(
                                type -> type.getSource()
                                        .orElseThrow()
                                        .getFileName()
                                        .orElseThrow(),
                                Collectors.toSet())));
        assertThat(files)
                .allSatisfy((name, sources) -> assertThat(sources).as(name).hasSizeLessThanOrEqualTo(MOST_FILES));
    }

    /** The package right below the command line's; empty for the command line's own. */
    private static String room(JavaClass type) {
        var name = type.getPackageName();
        return name.equals(CLI) ? "" : name.substring(CLI.length() + 1).split("\\.", 2)[0];
    }
}
