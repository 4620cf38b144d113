package io.simtally.alef;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

/**
 * Keeps a report to what has one of some values in a dimension.
 *
 * @param expressions the values, at least one
 */
record DimensionFilter(String dimension, List<String> expressions) {
  static final String ACCOUNT = "account_id";
  static final String MSISDN = "msisdn";
  static final String IMSI = "imsi";
  static final String CUSTOMER_SITE = "customer_site_id";

  void write(JsonWriter json) throws IOException {
    json.beginObject();
    json.name("dimension_name").value(dimension);
    json.name("operator").value("EXACT");
    json.name("expressions").beginArray();
    for (var expression : expressions) {
      if (isNumber(expression)) {
        json.value(new BigInteger(expression));
      } else {
        json.value(expression);
      }
    }
    json.endArray();
    json.endObject();
  }

  /** Alef's page writes the numbers of subscribers as JSON numbers, and all other ids as text. */
  private boolean isNumber(String expression) {
    return (dimension.equals(MSISDN) || dimension.equals(IMSI))
        && expression.chars().allMatch(c -> c >= '0' && c <= '9')
        // As a number it would lose its zeros, and be another subscriber's.
        && (expression.length() == 1 || expression.charAt(0) != '0');
  }
}
