package io.simtally.reliability.security;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The permitted dependencies of the simulators: each depends on the engine, and none on another
 * simulator.
 */
class SimulatorStructureTest {
  private static final String ENGINE = "io.simtally.simulator";
  private static final String INTERNAL = ENGINE + ".internal";
  private static final String ALL = ENGINE + ".carriers";

  private static final JavaClasses SIMULATOR = new ClassFileImporter().importPackages(ENGINE);

  private static List<String> providerPackages() {
    return SIMULATOR.stream()
        .map(JavaClass::getPackageName)
        .distinct()
        .filter(name -> !List.of(ENGINE, INTERNAL, ALL).contains(name))
        .toList();
  }

  @Test
  void packagesHaveNoCycle() {
    slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(SIMULATOR);
  }

  @Test
  void theEngineDependsOnNoProvider() {
    noClasses()
        .that()
        .resideInAnyPackage(ENGINE, INTERNAL)
        .should()
        .dependOnClassesThat(
            resideInAPackage(ENGINE + "..").and(not(resideInAnyPackage(ENGINE, INTERNAL))))
        .check(SIMULATOR);
  }

  @Test
  void aProviderDependsOnlyOnTheEngine() {
    assertThat(providerPackages()).isNotEmpty();
    for (var one : providerPackages()) {
      noClasses()
          .that()
          .resideInAPackage(one)
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.simtally..").and(not(resideInAnyPackage(one, ENGINE, INTERNAL))))
          .check(SIMULATOR);
    }
  }

  @Test
  void noPackageDependsOnAClient() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.simtally..").and(not(resideInAPackage(ENGINE + ".."))))
        .check(SIMULATOR);
  }

  private static final class Packages implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
