package io.simtally.examples;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.adapters.PolymorphicJsonAdapterFactory;
import io.simtally.core.ApiException;
import io.simtally.mason.AggregateUsage;
import io.simtally.mason.MasonUsage;
import java.time.YearMonth;

/**
 * Prints a month's usage as one JSON object a line, for a queue or another program; the kind of
 * each is told by Moshi's own adapter for that, of {@code moshi-adapters}.
 */
public final class UsageMessagesExample {
  /** A line; {@code type} tells which. Public, with its records, for Moshi to read them. */
  public sealed interface Message {}

  /** What a SIM used. */
  public record Used(String iccid, long bytes) implements Message {}

  /** Why there are no more lines. */
  public record Failed(String kind, String reason) implements Message {}

  private static final JsonAdapter<Message> MESSAGES =
      new Moshi.Builder()
          .add(
              PolymorphicJsonAdapterFactory.of(Message.class, "type")
                  .withSubtype(Used.class, "used")
                  .withSubtype(Failed.class, "failed"))
          .build()
          .adapter(Message.class);

  private UsageMessagesExample() {}

  /** Takes the month, such as 2026-01. */
  public static void main(String... args) {
    try (MasonUsage mason = MasonUsage.fromEnv()) {
      for (AggregateUsage row : mason.aggregateSimUsage().month(YearMonth.parse(args[0]))) {
        print(new Used(row.usageRecord().subject(), row.usageRecord().totalBytes()));
      }
    } catch (ApiException e) {
      print(new Failed(e.kind().name(), e.getMessage()));
      System.exit(1);
    }
  }

  private static void print(Message message) {
    System.out.println(MESSAGES.toJson(message));
  }
}
