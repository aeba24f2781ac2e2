package dev.runbook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The data flows one way. Who may know whom stands here, and in docs/architecture.md as a picture. */
class ArchitectureTest {
    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.runbook");

    /** Each package with all that it may know beside itself, its subpackages and libraries. */
    private static final Map<String, String[]> MAY_KNOW = Map.ofEntries(
            Map.entry("model", new String[] {}),
            Map.entry("json", new String[] {"model"}),
            Map.entry("etcd", new String[] {}),
            Map.entry("yaml", new String[] {"model"}),
            Map.entry("facts", new String[] {"model"}),
            Map.entry("step", new String[] {"model", "facts"}),
            Map.entry("steps", new String[] {"model", "facts", "step", "etcd"}),
            Map.entry("load", new String[] {"model", "yaml", "step"}),
            Map.entry("lint", new String[] {"model", "step", "load"}),
            Map.entry("schema", new String[] {"model", "yaml", "step", "load"}),
            Map.entry("node", new String[] {"model", "etcd", "facts"}),
            Map.entry("survey", new String[] {"model", "facts", "step", "etcd", "node"}),
            Map.entry("plan", new String[] {"model", "facts", "step", "load"}),
            Map.entry("journal", new String[] {"model", "json"}),
            Map.entry("recorded", new String[] {"model", "facts", "etcd", "json"}),
            Map.entry("saved", new String[] {"model", "facts", "step", "plan", "journal", "recorded", "json"}),
            Map.entry("execute", new String[] {"model", "node", "plan", "journal", "facts"}),
            Map.entry("prove", new String[] {"model", "node", "plan", "journal", "execute", "facts", "step"}),
            Map.entry(
                    "report",
                    new String[] {"model", "plan", "journal", "execute", "step", "facts", "lint", "prove", "json"}));

    static Iterable<String> packages() {
        return MAY_KNOW.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void knowsOnlyWhatItMay(String name) {
        var allowed = new java.util.ArrayList<String>();
        allowed.add("dev.runbook." + name + "..");
        for (var other : MAY_KNOW.getOrDefault(name, new String[] {})) {
            allowed.add("dev.runbook." + other + "..");
        }
        noClasses()
                .that()
                .resideInAPackage("dev.runbook." + name + "..")
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are ours and not in " + allowed,
                        other -> other.getPackageName().startsWith("dev.runbook")
                                && allowed.stream()
                                        .noneMatch(
                                                pattern -> com.tngtech.archunit.core.domain.PackageMatcher.of(pattern)
                                                        .matches(other.getPackageName()))))
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    @Test
    void everyPackageIsInTheTable() {
        classes()
                .should()
                .resideInAnyPackage(MAY_KNOW.keySet().stream()
                        .map(name -> "dev.runbook." + name + "..")
                        .toArray(String[]::new))
                .check(ENGINE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.runbook.(*)..").should().beFreeOfCycles().check(ENGINE);
    }

    /** Rooms within a package, each with the rooms that it must not know. */
    static Map<String, List<String>> rooms() {
        return Map.of(
                "model", List.of("model.action"),
                "etcd.bbolt", List.of("etcd.store", "etcd.snapshot", "etcd.identity", "etcd.client"),
                "etcd.store", List.of("etcd.snapshot", "etcd.identity", "etcd.client"),
                "etcd.snapshot", List.of("etcd.client", "etcd.config", "etcd.objects"),
                "node.shell.script", List.of("node.shell.wire", "node.shell.result", "node.shell"),
                "node.shell.wire", List.of("node.shell.result", "node.shell"),
                "node.shell.result", List.of("node.shell"),
                "node", List.of("node.shell", "node.ssh", "node.local", "node.sim"),
                "report.line", List.of("report.markdown", "report.junit", "report.sarif", "report.github"));
    }

    @Test
    void roomsKnowOnlyWhatLiesBelowThem() {
        rooms().forEach((room, others) -> noClasses()
                .that()
                .resideInAPackage("dev.runbook." + room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        others.stream().map(other -> "dev.runbook." + other).toArray(String[]::new))
                .check(ENGINE));
    }

    @Test
    void stepTypesDoNotKnowOneAnother() {
        slices().matching("dev.runbook.steps.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        com.tngtech.archunit.base.DescribedPredicate.alwaysTrue(),
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                                "dev.runbook.steps.shared"))
                .check(ENGINE);
    }

    @Test
    void theModelKnowsTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage("dev.runbook.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.runbook.model..", "java..", "org.jspecify..")
                .check(ENGINE);
    }

    @Test
    void theEngineNeitherPrintsNorExitsNorReadsTheEnvironment() {
        noClasses()
                .should()
                .callMethodWhere(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "System.exit, System.getenv or a print to System.out",
                        call -> call.getTargetOwner().isEquivalentTo(System.class)
                                && (call.getName().equals("exit")
                                        || call.getName().equals("getenv"))))
                .andShould()
                .accessField(System.class, "out")
                .check(ENGINE);
    }

    @Test
    void onlyWhatMustTouchesTheDisk() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.runbook.model..",
                        "dev.runbook.yaml..",
                        "dev.runbook.facts..",
                        "dev.runbook.step..",
                        "dev.runbook.steps..",
                        "dev.runbook.plan..",
                        "dev.runbook.execute..",
                        "dev.runbook.report..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Files.class)
                .check(ENGINE);
    }
}
