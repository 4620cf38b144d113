package io.simtally.reliability.answers;

import io.simtally.alef.AlefConnectivity;
import io.simtally.core.ClientBuilder;
import io.simtally.core.RetryPolicy;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.mason.MasonUsage;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import okhttp3.OkHttpClient;

/** The five clients, all sent to one server. */
record Clients(
    IotxAnalytics iotx,
    MasonUsage mason,
    AlefConnectivity alef,
    ThingSpaceM2m m2m,
    ThingSpaceHyperPrecise hyperPrecise)
    implements AutoCloseable {
  private static final ThingSpaceCredentials TOKENS =
      ThingSpaceCredentials.tokens("bearer-0123456789", "session-0123456789");

  /** Tried once. */
  static Clients over(MemoryNetwork network) {
    return over(network, RetryPolicy.none());
  }

  static Clients over(MemoryNetwork network, RetryPolicy policy) {
    return over(network.client(), "http://127.0.0.1", policy);
  }

  static Clients over(OkHttpClient http, String baseUrl, RetryPolicy policy) {
    return new Clients(
        set(IotxAnalytics.builder(), http, baseUrl, policy).token("iotx-0123456789").build(),
        set(MasonUsage.builder(), http, baseUrl, policy).apiKey("mason-0123456789").build(),
        set(AlefConnectivity.builder(), http, baseUrl, policy).apiKey("alef-0123456789").build(),
        set(ThingSpaceM2m.builder(), http, baseUrl, policy).credentials(TOKENS).build(),
        set(ThingSpaceHyperPrecise.builder(), http, baseUrl, policy).credentials(TOKENS).build());
  }

  private static <B extends ClientBuilder<B>> B set(
      B builder, OkHttpClient http, String baseUrl, RetryPolicy policy) {
    return builder.httpClient(http).baseUrl(baseUrl).retryPolicy(policy);
  }

  @Override
  public void close() {
    iotx.close();
    mason.close();
    alef.close();
    m2m.close();
    hyperPrecise.close();
  }
}
