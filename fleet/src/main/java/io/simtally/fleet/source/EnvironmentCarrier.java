package io.simtally.fleet.source;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A carrier that is configured by variables of an environment. */
public abstract class EnvironmentCarrier implements Carrier {
  private final String name;
  private final String provider;
  private final List<List<String>> variables;
  private final Map<String, String> environment;

  /**
   * Creates a carrier.
   *
   * @param name the name for people
   * @param provider the name in usage records
   * @param variables the variables of its credentials, as alternatives of which one is enough
   * @param environment the variables that are set
   */
  protected EnvironmentCarrier(
      String name, String provider, List<List<String>> variables, Map<String, String> environment) {
    this.name = name;
    this.provider = provider;
    this.variables = variables;
    this.environment = environment;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String provider() {
    return provider;
  }

  @Override
  public final List<List<String>> variables() {
    return variables;
  }

  /** {@return the variable of the server's address} */
  @Override
  public List<String> optionalVariables() {
    var first = variables.get(0).get(0);
    return List.of(first.substring(0, first.indexOf('_')) + "_BASE_URL");
  }

  @Override
  public final boolean hasCredentials() {
    return variables.stream()
        .flatMap(List::stream)
        .anyMatch(variable -> !environment.getOrDefault(variable, "").isBlank());
  }

  /** A source with the provider, the account and the terms of this carrier. */
  protected abstract class CarrierSource implements UsageSource {
    private final Runnable closing;

    /**
     * Creates a source.
     *
     * @param closing closes the client
     */
    protected CarrierSource(Runnable closing) {
      this.closing = closing;
    }

    @Override
    public final String provider() {
      return provider;
    }

    @Override
    public final String account() {
      return EnvironmentCarrier.this.account();
    }

    @Override
    public final int daysAtOnce() {
      return EnvironmentCarrier.this.daysAtOnce();
    }

    @Override
    public final int settleAfterDays() {
      return EnvironmentCarrier.this.settleAfterDays();
    }

    @Override
    public final String settleReason() {
      return EnvironmentCarrier.this.settleReason();
    }

    @Override
    public final @Nullable LocalDate oldestDay(Clock clock) {
      return EnvironmentCarrier.this.oldestDay(clock);
    }

    @Override
    public final void close() {
      closing.run();
    }
  }
}
