package io.simtally.iotx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two copies of the specification: the published one, and the one that the client is generated
 * from.
 */
final class Specification {
  private static final Path FOLDER = inModule("src/main/openapi");

  private Specification() {}

  static String published() {
    return read(FOLDER.resolve("analytics.upstream.json"));
  }

  static String normalised() {
    return read(FOLDER.resolve("analytics.json"));
  }

  static String generated(String fileName) {
    return read(
        inModule("target/generated-sources/openapi/src/main/java/io/simtally/iotx")
            .resolve(fileName));
  }

  /** Maven sets the module's folder; without Maven, tests run in it. */
  private static Path inModule(String path) {
    return Path.of(System.getProperty("basedir", "")).resolve(path);
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
