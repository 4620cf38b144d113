package io.simtally.spark;

import java.lang.reflect.Constructor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables with which an executor creates its clients. */
final class ExecutorEnvironment {
  private ExecutorEnvironment() {}

  /**
   * Returns the environment of this process, overridden by the variables that the class returns.
   */
  static Map<String, String> variables(@Nullable String providerClass) {
    var variables = new HashMap<>(System.getenv());
    if (providerClass != null) {
      variables.putAll(provider(providerClass).environment());
    }
    return Map.copyOf(variables);
  }

  /**
   * Returns the constructor of a class that a user names.
   *
   * @throws IllegalArgumentException if the class does not exist or is not suitable
   */
  static Constructor<? extends CredentialsProvider> providerClass(String name) {
    try {
      // The jars of a job are not on the class path of the process.
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
      throw new IllegalStateException("no object of " + name + " could be created", e);
    }
  }
}
