package io.simtally.spark;

import java.util.Map;

/**
 * Brings the credentials of carriers to executors that do not have them in their environment, from
 * a vault perhaps. The option {@code credentialsProvider} names a public class that implements it
 * and has a public constructor without parameters; it has to be on the class path of the driver,
 * which looks whether it is there, and of the executors, which alone ask it.
 */
@FunctionalInterface
public interface CredentialsProvider {
  /**
   * The variables of the clients, {@code MASON_API_KEY} and the others of the README by their
   * names. They come before those of the executor's environment. Asked once for each task, so that
   * a renewed credential is noticed: keep what is costly to fetch. As long as the answers are
   * equal, the tasks of an executor share one client.
   *
   * @return values by name; never shown, logged or sent to the driver
   */
  Map<String, String> environment();
}
