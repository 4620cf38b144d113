package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.AnswerBody;

/**
 * The errors of the Hyper-Precise service, with the texts of the page "Get Session Report for a
 * Device". Four of the six have the same code and differ by their status.
 */
public enum HyperPreciseError {
  /** Status 400: no such device. The queued request is never answered. */
  DEVICE_NOT_FOUND(400, "INVALID_PARAMETER", "Device Not Found, Request will be queued"),
  /** Status 401: a token is missing or not valid, or the account belongs to another user. */
  ACCESS_DENIED(
      401, "INVALID_ACCESS", "The access policy denied the resource operation for this user"),
  /** Status 403: the device is not certified. */
  DEVICE_NOT_CERTIFIED(403, "INVALID_PARAMETER", "Device Not Certified"),
  /** Status 404: the device is not active. */
  DEVICE_INACTIVE(404, "INVALID_PARAMETER", "Device inactive"),
  /** Status 409: the account has not bought the service for the device. */
  SERVICE_NOT_PURCHASED(409, "INVALID_PARAMETER", "Service Not Purchased"),
  /** Status 500, permanently: the device is active in several accounts. */
  DEVICE_IN_SEVERAL_ACCOUNTS(500, "INTERNAL_ERROR", "Device is active in several accounts");

  private final int status;
  private final String code;
  private final String message;

  HyperPreciseError(int status, String code, String message) {
    this.status = status;
    this.code = code;
    this.message = message;
  }

  ProviderError error() {
    return error(status, code, message);
  }

  /** Returns the error for an undocumented request; the page has the code without a message. */
  static ProviderError invalidParameter(String message) {
    return error(400, "INVALID_PARAMETER", message);
  }

  private static ProviderError error(int status, String code, String message) {
    return new ProviderError(
        message, AnswerBody.json(status, "errorCode", code, "errorMessage", message));
  }
}
