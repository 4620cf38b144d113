package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that core's two public packages contain only types that programs use. */
class ExportedTypesTest {
  @Test
  void coreShowsWhatAProgramNames() throws Exception {
    assertThat(publicTypes("io.simtally.core"))
        .containsExactlyInAnyOrder(
            // exceptions, requests, responses
            "ApiException",
            "ApiException.Builder",
            "ApiException.Kind",
            "ApiRequest",
            "ApiResponse",
            "DayRange",
            "Page",
            "PageCursor",
            "PagedRequest",
            "UsageRecord",
            // settings
            "ClientBuilder",
            "RateLimit",
            "RetryPolicy",
            "ThingSpaceClientBuilder",
            // events
            "CallListener",
            "CallListener.Attempt",
            "CallListener.AttemptFinished",
            "CallListener.Finished",
            "CallListener.IteratedPage",
            "CallListener.Retry",
            "CallListener.Started",
            "CallListener.TokenFetch");
  }

  @Test
  void authShowsCredentialsAndTheFourInterceptors() throws Exception {
    assertThat(publicTypes("io.simtally.core.auth"))
        .containsExactlyInAnyOrder(
            "Auth",
            "BasicKeyAuth",
            "BearerAuth",
            "QueryKeyAuth",
            "ThingSpaceAuth",
            "Secret",
            "ThingSpaceCredentials",
            "ThingSpaceCredentials.OAuth",
            "TokenSource");
  }

  @Test
  void noPublicMethodNamesATypeOfTheInternals() throws Exception {
    for (var each : List.of("io.simtally.core", "io.simtally.core.auth")) {
      for (var type : classes(each).filter(ExportedTypesTest::isPublic).toList()) {
        var members =
            Stream.concat(Stream.of(type.getMethods()), Stream.of(type.getConstructors()))
                .map(member -> member.toGenericString());
        assertThat(members).noneMatch(member -> member.contains("io.simtally.core.internal"));
      }
    }
  }

  private static List<String> publicTypes(String inPackage) throws Exception {
    return classes(inPackage)
        .filter(ExportedTypesTest::isPublic)
        .map(type -> type.getCanonicalName().substring(inPackage.length() + 1))
        .toList();
  }

  private static boolean isPublic(Class<?> type) {
    var outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }

  private static Stream<Class<?>> classes(String inPackage) throws IOException, URISyntaxException {
    var classes =
        Path.of(ApiRequest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (var files = Files.list(classes.resolve(inPackage.replace('.', '/')))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
          .map(name -> inPackage + "." + name.substring(0, name.length() - ".class".length()))
          .map(ExportedTypesTest::load)
          .toList()
          .stream();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ExportedTypesTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
