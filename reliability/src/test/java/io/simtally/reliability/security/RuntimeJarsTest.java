package io.simtally.reliability.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kotlin.Unit;
import okhttp3.OkHttpClient;
import okio.Buffer;
import okio.ByteString;
import org.jetbrains.annotations.NotNull;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/**
 * Checks that a client's dependencies have the reviewed bytes. The enforcer rule of the release
 * profile checks their coordinates.
 */
class RuntimeJarsTest {
  private static final Map<String, String> LOOKED_AT = lookedAt();

  @Test
  void haveTheReviewedBytes() throws IOException {
    var found = new HashMap<String, String>();
    for (var jar : jars()) {
      found.put(name(jar), ByteString.of(Files.readAllBytes(jar)).sha256().hex());
    }

    assertThat(found).isEqualTo(LOOKED_AT);
  }

  @Test
  void shareNoClass() throws IOException {
    var owners = new HashMap<String, String>();
    for (var jar : jars()) {
      try (var file = new JarFile(jar.toFile())) {
        for (var entry : file.stream().toList()) {
          if (entry.getName().endsWith(".class") && !entry.getName().endsWith("-info.class")) {
            assertThat(owners.put(entry.getName(), name(jar))).as(entry.getName()).isNull();
          }
        }
      }
    }
    assertThat(owners).hasSizeGreaterThan(1000);
  }

  /** Returns the jars that contain the given classes. */
  private static List<Path> jars() {
    return Stream.of(
            OkHttpClient.class,
            Buffer.class,
            Unit.class,
            NotNull.class,
            Moshi.class,
            Logger.class,
            Nullable.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .map(location -> Path.of(URI.create(location.toString())))
        .toList();
  }

  private static String name(Path jar) {
    return String.valueOf(jar.getFileName());
  }

  private static Map<String, String> lookedAt() {
    try (var list = RuntimeJarsTest.class.getResourceAsStream("/runtime-jars.sha256")) {
      return new String(Objects.requireNonNull(list).readAllBytes())
          .lines()
          .map(line -> line.split(" +"))
          .collect(Collectors.toMap(words -> words[1], words -> words[0]));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
