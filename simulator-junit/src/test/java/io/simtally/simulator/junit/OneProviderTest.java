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
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

  static Stream<Class<?>> clients() {
    return CASES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aTestOfOneProviderNeedsNoOther(Class<?> client) throws Exception {
    Class<?> test = CASES.get(client);
    try (URLClassLoader jars = jarsWithout(others(client))) {
      for (Class<?> other : others(client)) {
        assertThatThrownBy(() -> jars.loadClass(other.getName()))
            .isInstanceOf(ClassNotFoundException.class);
      }
      assertThat(run(jars, test.getName())).isEqualTo(List.of(tests(test) + " passed"));
    }
  }

  private static List<Class<?>> others(Class<?> client) {
    return clients().filter(other -> other != client).toList();
  }

  private static long tests(Class<?> test) {
    return Stream.of(test.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(org.junit.jupiter.api.Test.class))
        .count();
  }

  /** The class path of this test but for some clients, by a loader that shares only the JDK. */
  private static URLClassLoader jarsWithout(List<Class<?>> clients) throws Exception {
    List<Path> left = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      left.add(Path.of(entry).toAbsolutePath().normalize());
    }
    for (Class<?> client : clients) {
      Path jar = Path.of(client.getProtectionDomain().getCodeSource().getLocation().toURI());
      assertThat(left.remove(jar.toAbsolutePath().normalize())).as(jar.toString()).isTrue();
    }
    List<URL> urls = new ArrayList<>();
    for (Path entry : left) {
      urls.add(entry.toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
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
