package io.simtally.fleet;

import io.simtally.core.ApiException;
import io.simtally.core.internal.Preconditions;
import org.jspecify.annotations.Nullable;

/**
 * The result of the call for one device: a value or a failure.
 *
 * @param <D> the type of a device: an ICCID, a row of the program's database
 * @param <T> the type of a response
 * @param device the device, as in the list
 * @param value the response, with the rows of all pages of a paged request; null if the call failed
 * @param failure why there is no response; null if there is one
 */
public record FleetResult<D, T>(D device, @Nullable T value, @Nullable ApiException failure) {

  /**
   * Checks that the result is either a value or a failure.
   *
   * @throws IllegalArgumentException if the device is null, or not exactly one of {@code value} and
   *     {@code failure}
   */
  public FleetResult {
    Preconditions.present("device", device);
    if ((value == null) == (failure == null)) {
      throw new IllegalArgumentException("a result has either a value or a failure");
    }
  }

  /**
   * Returns the value or throws the failure.
   *
   * @return the value, never null
   * @throws ApiException the failure, if there is no value
   */
  public T orThrow() {
    if (value != null) {
      return value;
    }
    throw failure();
  }
}
