package io.simtally.alef;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

/**
 * The limit of a report to some values of a dimension.
 *
 * @param expressions the values, at least one
 */
record DimensionFilter(String dimension, List<String> expressions) {
  static final String ACCOUNT = "account_id";
  static final String MSISDN = "msisdn";
  static final String IMSI = "imsi";
  static final String CUSTOMER_SITE = "customer_site_id";

  /** The dimensions that name a subject, the narrowest first. */
  static final List<String> SUBJECTS = List.of(MSISDN, IMSI, CUSTOMER_SITE, ACCOUNT);

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

  /** Alef's page writes msisdn and imsi as JSON numbers, and all other ids as text. */
  private boolean isNumber(String expression) {
    return (dimension.equals(MSISDN) || dimension.equals(IMSI))
        && expression.chars().allMatch(c -> c >= '0' && c <= '9')
        // A number would lose its leading zeros and name another subscriber.
        && (expression.length() == 1 || expression.charAt(0) != '0');
  }
}
