package io.simtally.examples;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.adapters.PolymorphicJsonAdapterFactory;
import io.simtally.core.ApiException;
import io.simtally.mason.AggregateUsage;
import io.simtally.mason.MasonUsage;
import java.time.YearMonth;

/**
 * Prints the usage of a month as one JSON object per line, for a queue or another program. An
 * adapter of {@code moshi-adapters} writes the type of each object.
 */
public final class UsageMessagesExample {
  /** A line with its {@code type}. Public, like its records, for Moshi. */
  public sealed interface Message {}

  /** The usage of a SIM. */
  public record Used(String iccid, long bytes) implements Message {}

  /** The error that ends the output. */
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

  /** Runs with the month, for example 2026-01. */
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
