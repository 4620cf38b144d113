package io.simtally.cli.terminal;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.regex.Pattern;

/** The messages of {@code --quiet}: only errors, with the lines that belong to them. */
public final class QuietOutput extends Writer {
  private static final Pattern ERROR = Pattern.compile("(?:\u001b\\[[0-9;]*m)*error: ");
  private static final Pattern CONTINUED =
      Pattern.compile("(?:\u001b\\[[0-9;]*m)*(?:\\s|Caused by: )\\s*\\S");

  private final PrintWriter messages;
  private final StringBuilder line = new StringBuilder();
  private boolean isError;

  private QuietOutput(PrintWriter messages) {
    this.messages = messages;
  }

  /** Returns a writer that passes on the errors only. */
  public static PrintWriter errorsOf(PrintWriter messages) {
    return new PrintWriter(new QuietOutput(messages), true);
  }

  /** Returns a writer that passes on nothing. */
  public static PrintWriter nothing() {
    return new PrintWriter(Writer.nullWriter());
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    for (var i = offset; i < offset + length; i++) {
      if (characters[i] == '\n') {
        end();
      } else if (characters[i] != '\r') {
        line.append(characters[i]);
      }
    }
  }

  private void end() {
    isError = ERROR.matcher(line).lookingAt() || (isError && CONTINUED.matcher(line).lookingAt());
    if (isError) {
      messages.println(line);
    }
    line.setLength(0);
  }

  @Override
  public void flush() {
    messages.flush();
  }

  @Override
  public void close() {
    if (!line.isEmpty()) {
      end();
    }
    messages.flush();
  }
}
