package io.simtally.examples.boot;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

// #region properties
/** The settings. Credentials have no default and are not part of {@code toString}. */
@ConfigurationProperties("simtally")
public record SimtallyProperties(Mason mason, ThingSpace thingSpace, Sync sync) {

  public record Mason(String apiKey, String baseUrl) {
    @Override
    public String toString() {
      return "Mason[" + baseUrl + "]";
    }
  }

  public record ThingSpace(
      String key, String secret, String username, String password, String baseUrl) {
    @Override
    public String toString() {
      return "ThingSpace[" + baseUrl + "]";
    }
  }

  /** The configuration file names the accounts and the store. */
  public record Sync(Path config, @DefaultValue("30") int days, String user, String password) {
    @Override
    public String toString() {
      return "Sync[" + days + " days]";
    }
  }

  /**
   * Returns the settings by the names of Simtally's environment variables, without unset ones. The
   * configuration file refers to them as {@code ${MASON_API_KEY}}.
   */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    put(environment, "MASON_API_KEY", mason.apiKey());
    put(environment, "MASON_BASE_URL", mason.baseUrl());
    put(environment, "THINGSPACE_KEY", thingSpace.key());
    put(environment, "THINGSPACE_SECRET", thingSpace.secret());
    put(environment, "THINGSPACE_USERNAME", thingSpace.username());
    put(environment, "THINGSPACE_PASSWORD", thingSpace.password());
    put(environment, "THINGSPACE_BASE_URL", thingSpace.baseUrl());
    put(environment, "SIMTALLY_STORE_USER", sync.user());
    put(environment, "SIMTALLY_STORE_PASSWORD", sync.password());
    return environment;
  }

  private static void put(Map<String, String> environment, String name, String value) {
    if (value != null && !value.isBlank()) {
      environment.put(name, value);
    }
  }
}
// #endregion properties
