package io.simtally.fleet.alert;

import com.squareup.moshi.JsonWriter;
import io.simtally.core.DayRange;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An event of a rule. Bytes are counted from the records of the store: with unknown days, the true
 * usage may be greater.
 *
 * @param id the id, which the same rule, subject and cycle always have
 * @param rule the name of the rule
 * @param type the type of the rule, or {@code pool-forecast}
 * @param account the account
 * @param provider the provider, as in usage records, or null for an event of the whole account
 * @param subject the device, or null for an event of the whole account
 * @param cycle the billing cycle
 * @param days the days of the usage
 * @param bytes the usage
 * @param limitBytes the threshold or the allowance, or null if the rule has none
 * @param percent the share of the allowance in percent, or null
 * @param medianBytes the median of the other days of a runaway device, or null
 * @param forecast the forecast of the cycle's end, or null
 * @param unknownDays how many days of the device, or of all devices of the account, are unknown up
 *     to yesterday
 * @param noticedAt the time of the evaluation
 */
public record AlertEvent(
    String id,
    String rule,
    String type,
    String account,
    @Nullable String provider,
    @Nullable String subject,
    DayRange cycle,
    DayRange days,
    long bytes,
    @Nullable Long limitBytes,
    @Nullable Integer percent,
    @Nullable Long medianBytes,
    @Nullable Forecast forecast,
    long unknownDays,
    Instant noticedAt) {
  private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB", "EB");
  private static final BigDecimal THOUSAND = new BigDecimal(1000);

  /** {@return the event as JSON, one line without its end} All names are always present. */
  public String json() {
    var json = new Buffer();
    try (var writer = JsonWriter.of(json)) {
      writer.setSerializeNulls(true);
      writer.beginObject();
      writer.name("id").value(id);
      writer.name("rule").value(rule);
      writer.name("type").value(type);
      writer.name("account").value(account);
      writer.name("provider").value(provider);
      writer.name("subject").value(subject);
      writer.name("cycle_from").value(cycle.from().toString());
      writer.name("cycle_to").value(cycle.to().toString());
      writer.name("from").value(days.from().toString());
      writer.name("to").value(days.to().toString());
      writer.name("bytes").value(bytes);
      writer.name("limit_bytes").value(limitBytes);
      writer.name("percent").value(percent);
      writer.name("median_bytes").value(medianBytes);
      writer.name("forecast_bytes").value(forecast == null ? null : (Long) forecast.bytes());
      writer.name("forecast_low_bytes").value(forecast == null ? null : (Long) forecast.lowBytes());
      writer
          .name("forecast_high_bytes")
          .value(forecast == null ? null : (Long) forecast.highBytes());
      writer.name("unknown_days").value(unknownDays);
      writer.name("noticed_at").value(noticedAt.toString());
      writer.name("message").value(message());
      writer.endObject();
    } catch (IOException e) {
      throw new AssertionError(e); // a buffer does no I/O
    }
    return json.readUtf8();
  }

  /** {@return the event as a sentence} */
  public String message() {
    return sentence()
        + (unknownDays == 0
            ? "."
            : "; %s %s unknown, so it may be more."
                .formatted(unknownDays, unknownDays == 1 ? "day is" : "days are"));
  }

  private String sentence() {
    return switch (type) {
      case RuleType.DEVICE_DAY ->
          "%s of %s used %s on %s, the limit is %s"
              .formatted(subject, account, amount(bytes), days, amount(limitBytes));
      case RuleType.DEVICE_CYCLE ->
          "%s of %s used %s in the cycle %s, the limit is %s"
              .formatted(subject, account, amount(bytes), cycle, amount(limitBytes));
      case RuleType.RUNAWAY ->
          "%s of %s used %s on %s, the median of its other days is %s"
              .formatted(subject, account, amount(bytes), days, amount(medianBytes));
      case RuleType.POOL ->
          "%s used %s in the cycle %s, at least %s %% of its pool of %s"
              .formatted(account, amount(bytes), cycle, percent, amount(limitBytes));
      case RuleType.POOL_FORECAST ->
          "%s used %s so far and will use %s in the cycle %s by forecast (80 %%: %s to %s), its pool is %s"
              .formatted(
                  account,
                  amount(bytes),
                  amount(forecast == null ? null : (Long) forecast.bytes()),
                  cycle,
                  amount(forecast == null ? null : (Long) forecast.lowBytes()),
                  amount(forecast == null ? null : (Long) forecast.highBytes()),
                  amount(limitBytes));
      default -> "%s of %s used nothing from %s".formatted(subject, account, days);
    };
  }

  /** Formats bytes with one decimal and a decimal unit. */
  private static String amount(@Nullable Long amount) {
    if (amount == null || amount < 1000) {
      return amount + " B";
    }
    var value = new BigDecimal(amount);
    var unit = "B";
    for (var greater : UNITS) {
      // 999,950 bytes would round to 1000.0 kB.
      if (value.setScale(1, RoundingMode.HALF_UP).compareTo(THOUSAND) < 0) {
        break;
      }
      value = value.movePointLeft(3);
      unit = greater;
    }
    return value.setScale(1, RoundingMode.HALF_UP) + " " + unit;
  }
}
