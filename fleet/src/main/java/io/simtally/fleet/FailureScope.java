package io.simtally.fleet;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;

/** What a failure says about the devices that are still to be asked about. */
enum FailureScope {
  /** The others are still to be read: it speaks of this device. */
  DEVICE,
  /** Asked more slowly, the same device may have an answer. */
  TOO_FAST,
  /** It is the same for all devices. */
  CREDENTIALS,
  /** Nobody can tell from one. */
  UNCLEAR;

  private static final String HYPER_PRECISE = "thingspace-hyperprecise";

  static FailureScope of(ApiException failure) {
    return switch (failure.kind()) {
      case INVALID_REQUEST, NOT_FOUND -> DEVICE;
      case RATE_LIMITED -> TOO_FAST;
      case UNAUTHENTICATED -> CREDENTIALS;
      default -> speaksOfOneDevice(failure) ? DEVICE : UNCLEAR;
    };
  }

  /**
   * Hyper-Precise's page: 403 {@code Device Not Certified}, 409 {@code Service Not Purchased}, 500
   * {@code Device is active in several accounts}. Another 403 or 500 is no device's.
   */
  private static boolean speaksOfOneDevice(ApiException failure) {
    if (!failure.provider().equals(HYPER_PRECISE)) {
      return false;
    }
    return failure.kind() == Kind.CONFLICT
        || (failure.status() == 403 && says(failure, "Device Not Certified"))
        || (failure.status() == 500 && says(failure, "Device is active in several accounts"));
  }

  private static boolean says(ApiException failure, String words) {
    var message = failure.providerMessage();
    return message != null && message.regionMatches(true, 0, words, 0, words.length());
  }
}
