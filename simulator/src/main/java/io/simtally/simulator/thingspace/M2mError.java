package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.AnswerBody;

/**
 * The errors of the connectivity management service, all with status 400. The codes are from the
 * page "Synchronous Error Messages", which omits the service's name at their start.
 */
enum M2mError {
  DESERIALIZATION_FAILED("DeserializationFailed"),
  DEVICE_IDENTIFIER_INVALID("INPUT_INVALID.Device.Identifier.Invalid"),
  DEVICE_KIND_INVALID("INPUT_INVALID.Device.Kind.Invalid"),
  DEVICE_NOT_FOUND("REQUEST_FAILED.DeviceNotFound"),
  INVALID_CHARACTER("INPUT_INVALID.Request.InvalidCharacter"),
  /** Not on the page, which has no code for a refused login; from the test of a public client. */
  PASSWORD_INVALID("INPUT_INVALID.Password.Invalid"),
  REQUEST_UNDEFINED("INPUT_INVALID.RequestUndefined"),
  SESSION_EXPIRED("REQUEST_FAILED.SessionToken.Expired"),
  SESSION_INVALID("INPUT_INVALID.SessionToken.Invalid"),
  SESSION_MISSING("REQUEST_FAILED.SessionToken.Format"),
  UNEXPECTED("REQUEST_FAILED.UnexpectedError");

  private static final String SERVICE = "UnifiedWebService.";

  private final String code;

  M2mError(String code) {
    this.code = code;
  }

  ProviderError error(String message) {
    return new ProviderError(
        message, AnswerBody.json(400, "errorCode", SERVICE + code, "errorMessage", message));
  }
}
