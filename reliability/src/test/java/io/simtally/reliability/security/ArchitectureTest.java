package io.simtally.reliability.security;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.simtally.core.ApiException;
import io.simtally.core.auth.Secret;
import io.simtally.core.internal.usage.UsageConversion;
import org.junit.jupiter.api.Test;

/** The permitted dependencies of the published modules. */
class ArchitectureTest {
  private static final JavaClasses PUBLISHED = Published.classes();

  @Test
  void looksAtAllPublishedModules() {
    assertThat(PUBLISHED.stream().map(each -> each.getPackageName()).distinct())
        .contains("io.simtally.core", "io.simtally.core.auth", "io.simtally.core.internal")
        .containsAll(Published.providerPackages());
  }

  @Test
  void onlyAuthReadsACredential() {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .belongToAnyOf(Secret.class)
        .and()
        .haveName("reveal")
        .should()
        .onlyBeCalled()
        .byClassesThat(resideInAPackage("io.simtally.core.auth"))
        .check(PUBLISHED);
  }

  @Test
  void callsAndConversionsCreateTheirApiExceptionsInOnePlaceEach() {
    methods()
        .that()
        .areDeclaredIn(ApiException.Builder.class)
        .and()
        .haveName("build")
        .should()
        .onlyBeCalled()
        .byClassesThat(belongToAnyOf(UsageConversion.class).or(name("io.simtally.core.Failures")))
        .check(PUBLISHED);
  }

  @Test
  void publicApiNamesNoInternalTypes() {
    var internal = resideInAPackage("io.simtally.core.internal..");
    noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(not(internal))
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should()
        .haveRawParameterTypes(anyElementThat(internal))
        .orShould()
        .haveRawReturnType(internal)
        .check(PUBLISHED);
  }

  @Test
  void printsNothing() {
    noClasses().should().accessField(System.class, "out").check(PUBLISHED);
    noClasses().should().accessField(System.class, "err").check(PUBLISHED);
    noClasses().should().callMethod(Throwable.class, "printStackTrace").check(PUBLISHED);
  }

  @Test
  void touchesNoFileAndStartsNoProcess() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.util.zip.."))
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.(File.*|RandomAccessFile|Object(In|Out)putStream)")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.lang\\.(Process.*|Runtime|ClassLoader)")
        .check(PUBLISHED);
  }

  @Test
  void usesNoReflection() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.lang.reflect..", "kotlin.reflect..", "sun..", "jdk.."))
        .orShould()
        .callMethod(Class.class, "forName", String.class)
        .check(PUBLISHED);
  }

  @Test
  void usesOnlyPublicPackagesOfLibraries() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("okhttp3.internal..", "okio.internal..", "..moshi.internal.."))
        .check(PUBLISHED);
  }

  @Test
  void aProviderDependsOnlyOnCore() {
    for (var one : Published.providerPackages()) {
      noClasses()
          .that()
          .resideInAPackage(one + "..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.simtally..")
                  .and(not(resideInAnyPackage(one + "..", "io.simtally.core.."))))
          .check(PUBLISHED);
    }
  }

  @Test
  void coreDependsOnNoProvider() {
    noClasses()
        .that()
        .resideInAPackage("io.simtally.core..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.simtally..").and(not(resideInAPackage("io.simtally.core.."))))
        .check(PUBLISHED);
  }
}
