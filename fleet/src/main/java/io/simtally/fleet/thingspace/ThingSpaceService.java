package io.simtally.fleet.thingspace;

import io.simtally.core.RetryPolicy;
import io.simtally.core.ThingSpaceClientBuilder;
import io.simtally.fleet.contract.CheckLogin;
import io.simtally.fleet.contract.CheckScope;
import io.simtally.fleet.contract.CheckService;
import io.simtally.fleet.contract.Probe;
import okhttp3.OkHttpClient;

/** The check of one of the two services behind the address and the login of ThingSpace. */
interface ThingSpaceService extends CheckService {
  @Override
  default String baseUrlVariable() {
    return "THINGSPACE_BASE_URL";
  }

  @Override
  default String defaultBaseUrl() {
    return "https://thingspace.verizon.com/api";
  }

  @Override
  default CheckLogin login(CheckScope scope) {
    return new ThingSpaceCheckLogin(scope.environment(), loginProbe(scope));
  }

  /** Returns a call of the service, about no device of the user's. */
  Probe loginProbe(CheckScope scope);

  /** Configures a client that sends each call once. */
  default <B extends ThingSpaceClientBuilder<B>> B configure(
      B client, CheckScope scope, OkHttpClient http) {
    return client.environment(scope.environment()).httpClient(http).retryPolicy(RetryPolicy.none());
  }
}
