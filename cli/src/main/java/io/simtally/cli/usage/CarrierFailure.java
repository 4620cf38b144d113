package io.simtally.cli.usage;

/**
 * Why a carrier is missing in the report.
 *
 * @param carrier its name
 * @param cause what went wrong
 */
public record CarrierFailure(String carrier, RuntimeException cause) {

  /** The reason in words, without a stack trace. */
  public String reason() {
    return reason(cause);
  }

  /** What to tell of a failure: its message, or its name if it has none. */
  public static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
