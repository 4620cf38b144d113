package io.simtally.fleet;

import io.simtally.core.ApiException;
import io.simtally.core.internal.Preconditions;
import org.jspecify.annotations.Nullable;

/**
 * What became of the call for one device: either an answer or a failure.
 *
 * @param <D> what a device is to the program: an ICCID, a row of its own database
 * @param <T> what an answer is read into
 * @param device the device, as the program named it
 * @param value the answer, of a paged request with the rows of all pages; null if the call failed
 * @param failure why there is no answer; null if there is one
 */
public record FleetResult<D, T>(D device, @Nullable T value, @Nullable ApiException failure) {

  /**
   * Refuses a result that is neither of both, or both.
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
   * Takes the answer.
   *
   * @return the answer, never null
   * @throws ApiException the failure, if there is no answer
   */
  public T orThrow() {
    if (value != null) {
      return value;
    }
    throw failure();
  }
}
