package io.simtally.reliability;

import io.simtally.core.ApiException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** The text that a program or its log may show for a failure. */
public final class Shown {
  private Shown() {}

  /** Returns messages, causes, stack traces and the accessors of an ApiException as one text. */
  public static String of(Throwable failure) {
    var text = new StringWriter();
    write(failure, new PrintWriter(text, true));
    return text.toString();
  }

  private static void write(Throwable failure, PrintWriter text) {
    failure.printStackTrace(text);
    for (Throwable each = failure; each != null; each = each.getCause()) {
      text.println(each + " " + each.getMessage() + " " + each.getLocalizedMessage());
      for (var suppressed : each.getSuppressed()) {
        write(suppressed, text);
      }
      if (each instanceof ApiException api) {
        text.println(api.provider());
        text.println(api.operation());
        text.println(api.code());
        text.println(api.providerMessage());
        text.println(api.requestId());
        text.println(api.headers().toMultimap());
        text.println(api.body());
      }
    }
  }
}
