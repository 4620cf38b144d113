package io.simtally.core.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * Where the interceptors find what belongs to a call. A tag of its request would do, but OkHttp
 * looks tags up by Kotlin's reflection: 50 classes more before a program's first answer.
 */
public final class CallContexts {
  private static final Map<Call, AuthContext> CONTEXTS = new ConcurrentHashMap<>();

  private CallContexts() {}

  /**
   * The call is about to be sent.
   *
   * @param call until it has {@link #ended}
   * @param context what its interceptors are to find
   */
  public static void begins(Call call, AuthContext context) {
    CONTEXTS.put(call, context);
  }

  /**
   * Finds what belongs to a call.
   *
   * @param call as an interceptor's chain names it
   * @return its context, or null if no client of Simtally's has made it
   */
  public static @Nullable AuthContext context(Call call) {
    return CONTEXTS.get(call);
  }

  /**
   * The call's answer has been read, or there will be none.
   *
   * @param call that was begun
   */
  public static void ended(Call call) {
    CONTEXTS.remove(call);
  }
}
