package io.simtally.cli;

import java.io.IOException;
import java.nio.file.Path;

/** Reports that a file of the report cannot be written. */
final class ReportWriteException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ReportWriteException(Path file, IOException cause) {
    // Java's own message is often only the file name, so the message adds the type of exception.
    super(
        "cannot write " + file + ": " + cause.getClass().getSimpleName() + " " + cause.getMessage(),
        cause);
  }
}
