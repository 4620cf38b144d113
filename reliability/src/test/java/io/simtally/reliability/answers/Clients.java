package io.simtally.reliability.answers;

import io.simtally.core.RetryPolicy;
import io.simtally.reliability.Provider;
import io.simtally.reliability.Setup;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;

/** The clients of all providers, for one server. */
final class Clients implements AutoCloseable {
  private final List<Provider.Subject> subjects = new ArrayList<>();

  private Clients(Setup setup) {
    for (var provider : Provider.values()) {
      subjects.add(provider.open(setup));
    }
  }

  /** Returns clients that make one attempt. */
  static Clients over(MemoryNetwork network) {
    return over(network, RetryPolicy.none());
  }

  static Clients over(MemoryNetwork network, RetryPolicy policy) {
    return over(network.client(), "http://127.0.0.1", policy);
  }

  static Clients over(OkHttpClient http, String baseUrl, RetryPolicy policy) {
    return new Clients(Setup.of(baseUrl).http(http).retryPolicy(policy).withTokens());
  }

  <C extends AutoCloseable> C get(Class<C> type) {
    return subjects.stream()
        .map(Provider.Subject::client)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    subjects.forEach(Provider.Subject::close);
  }
}
