package io.simtally.cli;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the report cannot be written: nobody's carrier failed, but the report did. */
final class ReportWriteException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ReportWriteException(Path file, IOException cause) {
    // Java's own message is often the bare file name, so the kind of failure is told with it.
    super(
        "cannot write " + file + ": " + cause.getClass().getSimpleName() + " " + cause.getMessage(),
        cause);
  }
}
