package io.simtally.simulator.mason;

import io.simtally.simulator.ProviderError;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a request for the usage of a month.
 *
 * @param marker groups the usage if present
 */
record MasonMonthQuery(
    YearMonth month, MasonRow.Column column, boolean isAscending, Optional<MasonMarkerKey> marker) {
  private static final Set<String> NAMES =
      Set.of("date", "orderBy", "orderByColumn", "marker", "limit", "before", "after");

  static MasonMonthQuery read(MasonParameters parameters) throws ProviderError {
    parameters.allowOnly(NAMES);
    return new MasonMonthQuery(
        YearMonth.from(parameters.time("date").atOffset(ZoneOffset.UTC)),
        column(parameters.text("orderByColumn").orElse("total")),
        isAscending(parameters.text("orderBy").orElse("desc")),
        parameters.marker());
  }

  private static MasonRow.Column column(String word) throws ProviderError {
    for (MasonRow.Column column : MasonRow.Column.values()) {
      if (column.name().toLowerCase(Locale.ROOT).equals(word)) {
        return column;
      }
    }
    throw MasonParameters.invalid("The orderByColumn must be total, upload or download.");
  }

  private static boolean isAscending(String word) throws ProviderError {
    return switch (word) {
      case "asc" -> true;
      case "desc" -> false;
      default -> throw MasonParameters.invalid("The orderBy must be asc or desc.");
    };
  }

  /** Returns the order of the rows. */
  Comparator<Long> order() {
    return isAscending ? Comparator.naturalOrder() : Comparator.reverseOrder();
  }
}
