package io.simtally.alef;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A metric of a request with its aggregation or percentile.
 *
 * @param aggregation null for a percentile
 * @param percentile null for an aggregation
 */
record MetricQuery(
    Metric metric, @Nullable Aggregation aggregation, @Nullable BigDecimal percentile) {

  static MetricQuery aggregated(Metric metric, Aggregation aggregation) {
    return new MetricQuery(metric, aggregation, null);
  }

  /** Writes 95, not 95.0 or 9.5E+1. */
  static MetricQuery percentile(Metric metric, double percentile) {
    var plain = BigDecimal.valueOf(percentile).stripTrailingZeros();
    return new MetricQuery(metric, null, plain.scale() < 0 ? plain.setScale(0) : plain);
  }

  void write(JsonWriter json) throws IOException {
    json.beginObject();
    json.name("name").value(metric.word());
    if (aggregation != null) {
      json.name("aggregation_type").value(aggregation.word());
    }
    if (percentile != null) {
      json.name("metric_filter_clauses").beginArray().beginObject();
      json.name("filters").beginArray().beginObject();
      json.name("operator").value("PERCENTILE");
      json.name("comparison_value").value(percentile);
      json.endObject().endArray();
      json.endObject().endArray();
    }
    json.endObject();
  }
}
