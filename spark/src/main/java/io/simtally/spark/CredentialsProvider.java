package io.simtally.spark;

import java.util.Map;

/**
 * Supplies the credentials of carriers to executors that do not have them in their environment, for
 * example from a vault. The option {@code credentialsProvider} names a public class that implements
 * this interface and has a public constructor without parameters. The class must be on the class
 * path of the driver, which only checks that it exists, and of the executors, which call it.
 */
@FunctionalInterface
public interface CredentialsProvider {
  /**
   * Returns the environment variables of the clients, for example {@code MASON_API_KEY}. They take
   * precedence over the executor's environment. Each task calls this method once, so that it sees a
   * changed credential: cache what is costly to fetch. While the returned maps are equal, the tasks
   * of an executor share one client.
   *
   * @return the values by name; they are never shown, logged or sent to the driver
   */
  Map<String, String> environment();
}
