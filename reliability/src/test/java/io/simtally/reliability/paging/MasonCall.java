package io.simtally.reliability.paging;

import io.simtally.mason.AggregateUsageRequest;
import io.simtally.mason.MarkerKey;
import io.simtally.mason.MasonUsage;
import io.simtally.mason.SeriesUsageRequest;
import io.simtally.mason.SortDirection;
import io.simtally.mason.UsageColumn;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mason's paged calls with their documented paths and options. */
enum MasonCall {
  AGGREGATE_ACCOUNT("/beta/default/data/aggregate/usage"),
  AGGREGATE_SIMS("/beta/default/data/aggregate/usage/sim"),
  AGGREGATE_SIM("/beta/default/data/aggregate/usage/sim/iccid0"),
  SERIES_ACCOUNT("/beta/default/data/series/usage"),
  SERIES_SIM("/beta/default/data/series/usage/sim/iccid0");

  private static final OffsetDateTime START = OffsetDateTime.parse("2020-08-01T00:00:00Z");

  private final String path;

  MasonCall(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  boolean isSeries() {
    return this == SERIES_ACCOUNT || this == SERIES_SIM;
  }

  private boolean isOfSim() {
    return this != AGGREGATE_ACCOUNT;
  }

  String json(MasonRow row) {
    return isSeries() ? row.seriesJson() : row.aggregateJson(isOfSim());
  }

  /** Returns the expected typed {@code rows}. */
  List<?> typed(List<MasonRow> rows) {
    return rows.stream().map(row -> isSeries() ? row.usage() : row.aggregate(isOfSim())).toList();
  }

  /**
   * Returns the query that every request must have.
   *
   * @param options whether all options are set, or only what is required
   * @param limit 0 for none
   */
  Map<String, String> query(boolean options, int limit) {
    var query = new LinkedHashMap<String, String>();
    if (isSeries()) {
      query.put("start", "2020-08-01T00:00:00Z");
      query.put("end", "2020-08-09T00:00:00Z");
    } else {
      query.put("date", "2020-08-01T00:00:00Z");
    }
    if (options) {
      query.put("marker", "device-type");
      if (isSeries()) {
        query.put("markerValue", "D 1&x=+");
      } else {
        query.put("orderBy", "asc");
        query.put("orderByColumn", "upload");
      }
    }
    if (limit > 0) {
      query.put("limit", String.valueOf(limit));
    }
    return query;
  }

  AggregateUsageRequest aggregate(MasonUsage client, boolean options, int limit) {
    var request =
        switch (this) {
          case AGGREGATE_ACCOUNT -> client.aggregateAccountUsage();
          case AGGREGATE_SIMS -> client.aggregateSimUsage();
          default -> client.aggregateSimUsage("iccid0");
        };
    request = request.month(YearMonth.of(2020, 8));
    if (options) {
      request =
          request.marker(MarkerKey.DEVICE_TYPE).sortBy(UsageColumn.UPLOAD, SortDirection.ASCENDING);
    }
    return limit > 0 ? request.limit(limit) : request;
  }

  SeriesUsageRequest series(MasonUsage client, boolean options, int limit) {
    var request =
        this == SERIES_ACCOUNT ? client.seriesAccountUsage() : client.seriesSimUsage("iccid0");
    request = request.start(START).end(START.plusDays(8));
    if (options) {
      request = request.marker(MarkerKey.DEVICE_TYPE, "D 1&x=+");
    }
    return limit > 0 ? request.limit(limit) : request;
  }
}
