package io.simtally.spark;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.DayRange;
import io.simtally.fleet.Fleet;
import io.simtally.fleet.source.Device;
import io.simtally.spark.RowColumn.Row;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The login of one executor, before all others log in, with the reading that needed it. The rows of
 * the reading are kept, so that the task of the device does not ask for them again.
 *
 * @param credentials a digest of the credentials, or null if the account needs no login
 * @param refusal why no session was opened, or null if there is one
 * @param device the device that was read, or null if none was
 * @param from the first day that was read
 * @param to the last day, included
 * @param rows the rows, or null if the device could not be read
 */
record FirstLogin(
    @Nullable String credentials,
    @Nullable String refusal,
    @Nullable String device,
    LocalDate from,
    LocalDate to,
    @Nullable List<Row> rows)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The failures that say something about the device. A refused login can have status 400 too. */
  private static final Set<Kind> OF_ONE_DEVICE = Set.of(Kind.INVALID_REQUEST, Kind.NOT_FOUND);

  /**
   * Reads a device, which logs in, unless these credentials have been refused before.
   *
   * @param devices a list of one device
   * @param refused digests of the credentials that have been refused
   * @param salt the salt of the digests
   */
  static FirstLogin of(
      SourceKey key,
      DeviceList devices,
      LocalDate from,
      LocalDate to,
      Collection<String> refused,
      byte[] salt) {
    var days = DayRange.of(from, to);
    var device = devices.iterator().next();
    try (var open = OpenSource.of(key)) {
      var credentials = open.login(salt);
      if (credentials == null) {
        return new FirstLogin(null, null, null, from, to, null);
      }
      if (refused.contains(credentials)) {
        return new FirstLogin(
            credentials,
            "these credentials have been refused before, and are not sent again",
            null,
            from,
            to,
            null);
      }
      var source = open.source();
      try (var run = Fleet.of(List.of(device)).runAsync(each -> source.read(each, days))) {
        var result = run.iterator().next();
        var failure = result.failure();
        return new FirstLogin(
            credentials,
            failure == null || isOfDevice(failure) ? null : String.valueOf(failure.getMessage()),
            device.toString(),
            from,
            to,
            failure == null
                ? result.orThrow().stream().map(each -> Row.of(key.account(), each)).toList()
                : null);
      }
    }
  }

  private static boolean isOfDevice(ApiException failure) {
    return OF_ONE_DEVICE.contains(failure.kind());
  }

  /** Returns the rows of a reading, or null if it is another one. */
  @Nullable List<Row> rowsOf(Device other, DayRange days) {
    return other.toString().equals(device) && days.from().equals(from) && days.to().equals(to)
        ? rows
        : null;
  }
}
