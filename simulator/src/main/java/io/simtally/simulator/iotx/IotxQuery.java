package io.simtally.simulator.iotx;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.IsoTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.HttpUrl;

/**
 * The range of a request, read strictly: each specified parameter once, and no other.
 *
 * @param start included
 * @param end excluded
 */
record IotxQuery(Instant start, Instant end) {
  /** Reads the query of a call for the whole company. */
  static IotxQuery ofCompany(HttpUrl url, boolean includesEndDate) throws ProviderError {
    requireExactly(Set.of("startDate", "endDate"), url);
    return read(url, includesEndDate);
  }

  /** Reads the query of a call for one subscriber, with the id of the path. */
  static IotxQuery ofSubscriber(HttpUrl url, String physicalId, boolean includesEndDate)
      throws ProviderError {
    requireExactly(Set.of("physicalId", "startDate", "endDate"), url);
    if (!physicalId.equals(url.queryParameter("physicalId"))) {
      throw invalid("physicalId is not the same in the path and in the query.");
    }
    return read(url, includesEndDate);
  }

  private static IotxQuery read(HttpUrl url, boolean includesEndDate) throws ProviderError {
    Instant start = date(url, "startDate");
    Instant end = date(url, "endDate");
    if (end.isBefore(start)) {
      throw invalid("endDate is before startDate.");
    }
    // Requests carry whole seconds.
    return new IotxQuery(start, includesEndDate ? end.plusSeconds(1) : end);
  }

  private static void requireExactly(Set<String> names, HttpUrl url) throws ProviderError {
    for (String name : new TreeSet<>(names)) {
      List<String> values = url.queryParameterValues(name);
      if (values.size() != 1 || values.contains("")) {
        throw invalid(name + " is required, once.");
      }
    }
    for (String name : url.queryParameterNames()) {
      if (!names.contains(name)) {
        throw invalid(name + " is not a parameter of this call.");
      }
    }
  }

  private static Instant date(HttpUrl url, String name) throws ProviderError {
    return IsoTime.parse(String.valueOf(url.queryParameter(name)), IsoTime.WHOLE_SECOND)
        .orElseThrow(() -> invalid(name + " is not in the format YYYY-MM-DDTHH:MM:SS+/-HH:MM."))
        .toInstant();
  }

  private static ProviderError invalid(String message) {
    return IotxError.INVALID_REQUEST.error(message);
  }
}
