package io.simtally.fleet.sync;

import io.simtally.core.ApiException;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * An account whose usage is known. IoT-X reports a whole account, Mason lists its devices, and the
 * user lists those of the other providers.
 */
final class SimulatedAccount implements UsageSource {
  final String name;
  int version;

  private final String provider;
  private final long bytes;
  private final Set<String> ids = new TreeSet<>();

  SimulatedAccount(String provider, String name, long bytes) {
    this.provider = provider;
    this.name = name;
    this.bytes = bytes;
  }

  void add(String id) {
    ids.add(id);
  }

  /** Removes a device. An account that is read as a whole keeps most of its devices. */
  boolean remove(String id) {
    return !isWhole() && ids.remove(id);
  }

  boolean isWhole() {
    return provider.equals("iotx-analytics");
  }

  Set<String> subjects() {
    return ids;
  }

  /** The usage of a device differs from account to account. */
  private UsageRecord usage(String id, LocalDate day) {
    return UsageRecord.ofDay(provider, id, day, bytes + version + Math.floorMod(id.hashCode(), 10));
  }

  @Override
  public String provider() {
    return provider;
  }

  @Override
  public String account() {
    return name;
  }

  @Override
  public Iterable<Device> devices(DayRange days) {
    return isWhole()
        ? List.of(Device.ACCOUNT)
        : Set.copyOf(ids).stream().map(id -> new Device("iccid", id)).toList();
  }

  @Override
  public Optional<String> discoveredKind() {
    return provider.equals("mason-usage") ? Optional.of("iccid") : Optional.empty();
  }

  @Override
  public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
    var subjects = device.isAccount() ? List.copyOf(ids) : List.of(device.id());
    return CompletableFuture.completedFuture(
        days.each().stream()
            .flatMap(day -> subjects.stream().map(subject -> usage(subject, day)))
            .toList());
  }

  /** Returns this account as it is read with the credentials of another. */
  UsageSource withCredentialsOf(SimulatedAccount other) {
    var own = this;
    return new UsageSource() {
      @Override
      public String provider() {
        return own.provider;
      }

      @Override
      public String account() {
        return own.name;
      }

      @Override
      public Iterable<Device> devices(DayRange days) {
        return own.devices(days);
      }

      @Override
      public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
        var answer =
            ApiException.builder(
                other.ids.contains(device.id())
                    ? ApiException.Kind.FORBIDDEN
                    : ApiException.Kind.NOT_FOUND);
        return CompletableFuture.failedFuture(
            answer.provider(own.provider).reason("no device of " + other.name).build());
      }
    };
  }
}
