package io.simtally.spark;

import java.lang.reflect.Constructor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables by which an executor reaches carriers. */
final class ExecutorEnvironment {
  private ExecutorEnvironment() {}

  /** The environment of this process, and before it what the class says. */
  static Map<String, String> variables(@Nullable String providerClass) {
    var variables = new HashMap<>(System.getenv());
    if (providerClass != null) {
      variables.putAll(provider(providerClass).environment());
    }
    return Map.copyOf(variables);
  }

  /**
   * How a class that a user names is made an object.
   *
   * @throws IllegalArgumentException if it is not there, or not of the kind
   */
  static Constructor<? extends CredentialsProvider> providerClass(String name) {
    try {
      // The jars that a job brings are not on the class path of the process.
      var loader = Thread.currentThread().getContextClassLoader();
      return Class.forName(name, true, loader)
          .asSubclass(CredentialsProvider.class)
          .getConstructor();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          "the option credentialsProvider is '"
              + name
              + "', and not a public class that implements "
              + CredentialsProvider.class.getName()
              + " and has a public constructor without parameters",
          e);
    }
  }

  private static CredentialsProvider provider(String name) {
    try {
      return providerClass(name).newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no object of " + name + " could be made", e);
    }
  }
}
