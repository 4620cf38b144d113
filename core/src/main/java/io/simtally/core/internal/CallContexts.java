package io.simtally.core.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of the current calls, for interceptors. Request tags are not used: OkHttp looks them
 * up by Kotlin reflection, which loads 50 more classes before a program's first answer.
 */
public final class CallContexts {
  private static final Map<Call, AuthContext> CONTEXTS = new ConcurrentHashMap<>();

  private CallContexts() {}

  /**
   * Registers a call.
   *
   * @param call the call, registered until {@link #ended}
   * @param context the context of the call
   */
  public static void begins(Call call, AuthContext context) {
    CONTEXTS.put(call, context);
  }

  /**
   * Returns the context of a call.
   *
   * @param call the call of an interceptor's chain
   * @return the context, or null for a call of another client
   */
  public static @Nullable AuthContext context(Call call) {
    return CONTEXTS.get(call);
  }

  /**
   * Removes a call.
   *
   * @param call a registered call
   */
  public static void ended(Call call) {
    CONTEXTS.remove(call);
  }
}
