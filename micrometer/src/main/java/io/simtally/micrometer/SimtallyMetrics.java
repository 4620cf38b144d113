package io.simtally.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.simtally.core.CallListener;
import io.simtally.core.internal.Preconditions;
import java.util.List;

/**
 * Metrics of Simtally's clients in a Micrometer registry. One listener serves any number of
 * clients:
 *
 * <pre>{@code
 * var metrics = SimtallyMetrics.listener(registry);
 * var thingSpace = ThingSpaceM2m.builder().credentials(credentials).listener(metrics).build();
 * var mason = MasonUsage.builder().apiKey(key).listener(metrics).build();
 * }</pre>
 *
 * <table>
 * <caption>The meters and their tags</caption>
 * <tr><th>meter<th>type<th>what<th>tags
 * <tr><td>{@code simtally.calls}<td>timer<td>calls, all attempts and waits included
 *   <td>provider, operation, outcome, status
 * <tr><td>{@code simtally.calls.active}<td>long task timer<td>running and queued calls
 *   <td>provider, operation
 * <tr><td>{@code simtally.calls.queued}<td>timer<td>wait of asynchronous calls in the client's queues
 *   <td>provider, operation
 * <tr><td>{@code simtally.attempts}<td>timer<td>single requests
 *   <td>provider, operation, outcome, status
 * <tr><td>{@code simtally.retries}<td>timer<td>retries and their delays
 *   <td>provider, operation, outcome, status (of the attempt before)
 * <tr><td>{@code simtally.response.size}<td>summary<td>bytes of successful answers, decompressed
 *   <td>provider, operation
 * <tr><td>{@code simtally.token.fetches}<td>timer<td>logins and token refreshes
 *   <td>provider, token, outcome
 * </table>
 *
 * <p>{@code outcome} is {@code SUCCESS} or the name of an {@link
 * io.simtally.core.ApiException.Kind}, {@code status} the HTTP status or {@code none}, {@code
 * operation} the endpoint's template: each has few values, independent of the size of the fleet.
 */
public final class SimtallyMetrics {
  private SimtallyMetrics() {}

  /**
   * Creates a listener that records into a registry.
   *
   * @param registry the registry of the meters
   * @return a listener for one client or several; thread-safe
   * @throws IllegalArgumentException if the registry is null
   */
  public static CallListener listener(MeterRegistry registry) {
    return listener(registry, List.of());
  }

  /**
   * Creates a listener with additional tags on every meter, for example to distinguish two accounts
   * of one provider. Registries like Prometheus require the same keys on all meters of one name.
   *
   * @param registry the registry of the meters
   * @param tags the additional tags
   * @return a listener for one client or several; thread-safe
   * @throws IllegalArgumentException if one is null
   */
  public static CallListener listener(MeterRegistry registry, Iterable<Tag> tags) {
    return new CallMeters(
        Preconditions.present("registry", registry), Tags.of(Preconditions.present("tags", tags)));
  }
}
