package io.simtally.cli.usage;

/**
 * A carrier that could not be opened.
 *
 * @param carrier its name
 * @param cause the reason
 */
public record CarrierFailure(String carrier, RuntimeException cause) {

  /** Returns the reason in words, without a stack trace. */
  public String reason() {
    return reason(cause);
  }

  /** Returns the message of a failure, or its class if it has none. */
  public static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
