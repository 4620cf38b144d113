package io.simtally.simulator.mason;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.IsoTime;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** The query of a request, read strictly: undocumented parameters are refused. */
final class MasonParameters {
  /** RFC 3339, whose letters may be lower case. */
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

  private static final Pattern ONE_DIGIT_HOUR = Pattern.compile("(?<=[Tt])(?=\\d:)");
  private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,8}");

  private static final Set<String> PAGE_NAMES = Set.of("limit", "before", "after");

  private final HttpUrl url;

  MasonParameters(HttpUrl url) {
    this.url = url;
  }

  /**
   * Returns these parameters.
   *
   * @throws ProviderError if there is another one, a repeated one, or one without a value
   */
  MasonParameters allowOnly(Set<String> names) throws ProviderError {
    for (String name : url.queryParameterNames()) {
      if (!names.contains(name)) {
        throw invalid("Unknown parameter " + name + ".");
      }
      String value = url.queryParameter(name);
      if (url.queryParameterValues(name).size() != 1 || value == null || value.isEmpty()) {
        throw invalid("The parameter " + name + " must have one value.");
      }
    }
    return this;
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(url.queryParameter(name));
  }

  Instant time(String name) throws ProviderError {
    String text = text(name).orElseThrow(() -> invalid("The parameter " + name + " is required."));
    // The page's examples have hours of one digit.
    String padded = ONE_DIGIT_HOUR.matcher(text).replaceFirst("0");
    return IsoTime.parse(padded, TIME)
        .orElseThrow(
            () -> invalid("The parameter " + name + " must be an RFC 3339 formatted string."))
        .toInstant();
  }

  Optional<MasonMarkerKey> marker() throws ProviderError {
    Optional<String> word = text("marker");
    Optional<MasonMarkerKey> key = word.flatMap(MasonMarkerKey::find);
    if (word.isPresent() && key.isEmpty()) {
      throw invalid("The marker is not valid.");
    }
    return key;
  }

  int limit(int most) throws ProviderError {
    Optional<String> text = text("limit");
    if (text.isPresent() && !LIMIT.matcher(text.get()).matches()) {
      throw invalid("The limit must be a positive number.");
    }
    return text.map(Integer::parseInt).filter(limit -> limit < most).orElse(most);
  }

  /** Returns the path and the parameters that all pages of a query share. */
  String query() {
    StringBuilder query = new StringBuilder(url.encodedPath());
    for (String name : new TreeSet<>(url.queryParameterNames())) {
      if (!PAGE_NAMES.contains(name)) {
        query.append('&').append(name).append('=').append(url.queryParameter(name));
      }
    }
    return query.toString();
  }

  static ProviderError invalid(String message) {
    return MasonError.INVALID_REQUEST.error(message);
  }
}
