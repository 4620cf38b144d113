package io.simtally.core.internal.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** {@code simtally/1.2.3 (thingspace-m2m; Java/17.0.15) acme-billing/3.1}. */
public final class UserAgent {
  private static final String VERSION = version();

  private UserAgent() {}

  public static String of(String provider, @Nullable String suffix) {
    var own =
        "simtally/"
            + VERSION
            + " ("
            + provider
            + "; Java/"
            + System.getProperty("java.version")
            + ")";
    return suffix == null ? own : own + " " + suffix;
  }

  private static String version() {
    try (var resource = UserAgent.class.getResourceAsStream("simtally.properties")) {
      var properties = new Properties();
      properties.load(resource);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
