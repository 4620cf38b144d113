package io.simtally.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.alef.AlefConnectivity;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.mason.MasonUsage;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of one provider run without the jars of the other four. */
final class OneProviderTest {
  private static final Map<Class<?>, Class<?>> CASES =
      Map.of(
          IotxAnalytics.class, IotxCase.class,
          MasonUsage.class, MasonCase.class,
          AlefConnectivity.class, AlefCase.class,
          ThingSpaceM2m.class, M2mCase.class,
          ThingSpaceHyperPrecise.class, HyperPreciseCase.class);

  /** The libraries, shared by all tests because they are slow to load. */
  private static URLClassLoader libraries;

  @BeforeAll
  static void separateTheLibraries() throws Exception {
    List<Path> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().normalize());
    }
    for (Class<?> own : CASES.keySet()) {
      assertThat(entries.remove(origin(own))).as(own.getName()).isTrue();
    }
    entries.remove(origin(SimtallyExtension.class));
    entries.remove(origin(OneProviderTest.class));
    libraries = loader(entries, ClassLoader.getPlatformClassLoader());
  }

  @AfterAll
  static void close() throws Exception {
    libraries.close();
  }

  static Stream<Class<?>> clients() {
    return CASES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aTestOfOneProviderNeedsNoOther(Class<?> client) throws Exception {
    Class<?> test = CASES.get(client);
    try (URLClassLoader jars =
        loader(List.of(origin(client), origin(SimtallyExtension.class), origin(test)), libraries)) {
      for (Class<?> other : CASES.keySet()) {
        if (other != client) {
          assertThatThrownBy(() -> jars.loadClass(other.getName()))
              .isInstanceOf(ClassNotFoundException.class);
        }
      }
      assertThat(run(jars, test.getName())).isEqualTo(List.of(tests(test) + " passed"));
    }
  }

  private static long tests(Class<?> test) {
    return Stream.of(test.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .count();
  }

  /** Returns the jar or the folder of a class. */
  private static Path origin(Class<?> loaded) throws URISyntaxException {
    return Path.of(loaded.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toAbsolutePath()
        .normalize();
  }

  private static URLClassLoader loader(List<Path> entries, ClassLoader parent)
      throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (Path entry : entries) {
      urls.add(entry.toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), parent);
  }

  private static List<?> run(ClassLoader jars, String test) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    thread.setContextClassLoader(jars);
    try {
      Method inWords =
          jars.loadClass(Run.class.getName()).getDeclaredMethod("inWords", String.class);
      inWords.setAccessible(true);
      return (List<?>) inWords.invoke(null, test);
    } finally {
      thread.setContextClassLoader(usual);
    }
  }
}
