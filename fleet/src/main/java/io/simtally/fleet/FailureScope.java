package io.simtally.fleet;

import io.simtally.core.ApiException;

/** What a failure means for the devices that are not read yet. */
enum FailureScope {
  /** The failure concerns one device; the others can be read. */
  DEVICE,
  /** The provider limits the rate; the same call may succeed later. */
  TOO_FAST,
  /** The failure is the same for all devices. */
  CREDENTIALS,
  /** One failure does not show which of the others applies. */
  UNCLEAR;

  static FailureScope of(ApiException failure) {
    return switch (failure.kind()) {
      case INVALID_REQUEST, NOT_FOUND -> DEVICE;
      case RATE_LIMITED -> TOO_FAST;
      case UNAUTHENTICATED -> CREDENTIALS;
      default -> Carriers.concernsOneDevice(failure) ? DEVICE : UNCLEAR;
    };
  }
}
