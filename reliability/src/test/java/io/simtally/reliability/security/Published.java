package io.simtally.reliability.security;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.simtally.reliability.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The modules on a user's class path: core, and the client of each provider. */
final class Published {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(
              Stream.concat(Stream.of("io.simtally.core"), providerPackages().stream()).toList());

  private Published() {}

  static JavaClasses classes() {
    return CLASSES;
  }

  static List<String> providerPackages() {
    return Arrays.stream(Provider.values())
        .map(provider -> provider.client().getPackageName())
        .toList();
  }
}
