package io.simtally.fleet.thingspace;

import io.simtally.core.DayRange;
import io.simtally.core.ThingSpaceClientBuilder;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.contract.CheckedCarrier;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.DeviceReading;
import io.simtally.fleet.source.EnvironmentCarrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A carrier of ThingSpace: it reads listed devices one at a time, with the login of the user. */
abstract class ThingSpaceCarrier extends EnvironmentCarrier implements CheckedCarrier {
  private final SharedLogin login;
  private final String operation;

  /**
   * Creates the carrier.
   *
   * @param operation the verb and path template of the call that reads a device
   */
  ThingSpaceCarrier(String name, String provider, String operation, SharedLogin login) {
    super(name, provider, SharedLogin.VARIABLES, login.environment());
    this.operation = operation;
    this.login = login;
  }

  @Override
  public final String account() {
    return SharedLogin.ACCOUNT;
  }

  /** Sets the settings, the server and the shared credentials on the builder of a client. */
  final <B extends ThingSpaceClientBuilder<B>> B configure(B client, SourceSettings settings) {
    return login.on(settings.on(client));
  }

  final DeviceReading reading(Device device, DayRange days) {
    return new DeviceReading(provider(), operation, device, days);
  }

  /** The source of a carrier. */
  abstract class Source extends CarrierSource {
    private final Iterable<Device> listed;
    private final Clock clock;

    /**
     * Creates a source.
     *
     * @param closing closes the client
     */
    Source(ListedDevices listed, Clock clock, Runnable closing) {
      super(closing);
      this.listed = listed.required(provider());
      this.clock = clock;
    }

    /** Reads days that ThingSpace keeps. */
    abstract CompletableFuture<List<UsageRecord>> readKept(Device device, DayRange days);

    final Clock clock() {
      return clock;
    }

    @Override
    public final Iterable<Device> devices(DayRange days) {
      return listed;
    }

    @Override
    public final CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      return reading(device, days)
          .whileKept(() -> ThingSpaceCarrier.this.oldestDay(clock), () -> readKept(device, days));
    }
  }

  @Override
  public abstract LocalDate oldestDay(Clock clock);
}
