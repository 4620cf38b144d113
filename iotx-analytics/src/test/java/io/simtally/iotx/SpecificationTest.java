package io.simtally.iotx;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.Test;

/**
 * The specification that the client is generated from differs from the published one only in the
 * differences listed here.
 */
class SpecificationTest {
  private static final Map<String, String> PUBLISHED = leaves(Specification.published());
  private static final Map<String, String> NORMALISED = leaves(Specification.normalised());

  private static final List<String> OPERATIONS =
      NORMALISED.keySet().stream()
          .filter(path -> path.endsWith(" > get > operationId"))
          .map(path -> path.substring(0, path.lastIndexOf(" > ")))
          .toList();

  private static final Map<String, String> OPERATION_IDS =
      Map.of(
          "AnalyticsController.getDataUsageForCompany", "dataUsage",
          "AnalyticsController.getDataUsageForSubscriber", "subscriberDataUsage",
          "AnalyticsController.getDataUsageSubscriberBreakdownForCompany", "dataUsageBySubscriber",
          "AnalyticsController.getSessionCountForCompany", "sessionCount",
          "AnalyticsController.getSessionCountForSubscriber", "subscriberSessionCount",
          "AnalyticsController.getDataUsagePerNetworkProtocolForCompany",
              "dataUsageByNetworkProtocol",
          "AnalyticsController.getDataUsageByIpAddressForCompany", "dataUsageByIpAddress",
          "AnalyticsController.getDataUsageByIpAddressForSubscriber",
              "subscriberDataUsageByIpAddress");

  private static final String SCHEMAS = "components > schemas > ";
  private static final String PROPERTY = SCHEMAS + "Formatted\\w+ > properties > ";
  private static final String SESSIONS_TEXT =
      "paths > /analytics/session-count/{physicalId} > get > description";

  private static final List<Allowed> ALLOWED =
      List.of(
          new Allowed(
              "Java names: the published ones begin with the name of a class of the server",
              it ->
                  it.path.endsWith(" > get > operationId")
                      && it.before != null
                      && OPERATION_IDS.get(it.before).equals(it.after)),
          new Allowed(
              "plain text: HTML breaks Javadoc",
              it ->
                  it.path.endsWith(" > description")
                      && it.before != null
                      && it.before.contains("<")
                      && plain(it.before).equals(it.after)),
          new Allowed(
              "the text on data usage was copied to the session count by mistake",
              it ->
                  it.path.equals(SESSIONS_TEXT)
                      && plain(it.before).startsWith(it.after + " The response breaks down data")),
          new Allowed(
              "the format of dates is no format; the text asks for a time with an offset",
              it ->
                  it.path.matches(".* > get > parameters > \\d > schema > format")
                      && it.is("YYYY-MM-DD", "date-time")),
          new Allowed(
              "a subscriber's name is no number: an EUI has letters, an ICCID up to 20 digits",
              it ->
                  it.path.matches(".*/\\{physicalId} > get > parameters > 0 > schema > type")
                      && it.is("number", "string")),
          new Allowed(
              "the published copy has lost these two addresses",
              it ->
                  it.path.matches(".* > dataUsageByIp > (example > )?(|#2|8\\.8\\.8\\.[45]) > \\w+")
                      && (it.is(null, PUBLISHED.get(withoutAddress(it.path)))
                          || it.is(NORMALISED.get(withAddress(it.path)), null))),
          new Allowed(
              "what is called a string of format json is an object in the examples",
              it ->
                  it.path.matches(
                          PROPERTY + "(subscriberDataUsage|content|dataUsageByIp) > (type|format)")
                      && (it.is("string", "object") || it.is("json", null))),
          new Allowed(
              "what the objects of the examples hold",
              it ->
                  it.path.matches(PROPERTY + "\\w+( > additionalProperties)+ > (type|format)")
                      && it.before == null
                      && List.of("object", "integer", "int64").contains(it.after)),
          new Allowed(
              "what the addresses of the examples hold",
              it ->
                  it.path.matches(PROPERTY + "dataUsageByIp > additionalProperties > \\$ref")
                      && it.is(null, "#/components/schemas/IpAddressUsage")),
          new Allowed(
              "the schema of what the addresses of the examples hold",
              it -> it.path.startsWith(SCHEMAS + "IpAddressUsage > ") && it.before == null),
          new Allowed(
              "a type that was forgotten",
              it ->
                  it.path.equals(SCHEMAS + "FormattedDataUsageByDirection > type")
                      && it.is(null, "object")),
          new Allowed(
              "bytes pass two gigabytes",
              it ->
                  it.path.matches(PROPERTY + "(totalData|totalDataUsage) > format")
                      && it.is(null, "int64")),
          new Allowed(
              "a required total has another name in its own example",
              it ->
                  it.path.matches(SCHEMAS + "Formatted\\w+ > required > 1")
                      && (it.is("totalData", null) || it.is("totalDataUsage", null))),
          new Allowed(
              "all calls need a bearer token",
              it ->
                  it.path.matches("(security > 0|components > securitySchemes) > bearer.*")
                      && it.before == null),
          new Allowed(
              "a text where there was none, for the Javadoc",
              it -> it.path.endsWith(" > description") && it.before == null),
          new Allowed(
              "what the templates need to know beside",
              it ->
                  it.before == null
                      && it.path.matches(
                          ".* > x-(also-named|content|content-list|content-wrapper|entries"
                              + "|holds-maps|keys|mirrors-path|not-before|records"
                              + "|records-subject|time|usage-records > [\\w-]+)")));

  @Test
  void keepsThePublishedSpecificationUnchanged() {
    assertThat(ByteString.encodeUtf8(Specification.published()).sha256().hex())
        .isEqualTo("3e32b311cd298e58a537e61cfc97048a6f065f8150264886904a630ccd106a3f");
  }

  @Test
  void differsFromThePublishedOneOnlyWhereAReasonIsListed() {
    assertThat(differences()).filteredOn(difference -> !hasReason(difference)).isEmpty();
  }

  @Test
  void listsNoUnusedReason() {
    var differences = differences();

    assertThat(ALLOWED)
        .allMatch(allowed -> differences.stream().anyMatch(allowed.differences), "is of use");
  }

  @Test
  void noticesAnyOtherDifference() {
    PUBLISHED.forEach(
        (path, value) -> {
          assertThat(new Difference(path, value, "changed")).matches(it -> !hasReason(it));
          if (NORMALISED.containsKey(path)) {
            assertThat(new Difference(path, value, null)).matches(it -> !hasReason(it));
          }
        });
    assertThat(new Difference("paths > /analytics/more > get > operationId", null, "more"))
        .matches(it -> !hasReason(it));
  }

  @Test
  void hasEightCalls() {
    assertThat(OPERATIONS).hasSize(8);
  }

  @Test
  void documentsEachResponseAsItsSchemaDoes() {
    for (var operation : OPERATIONS) {
      var schema = operation + " > responses > 200 > content > application/json > schema > ";
      var list = NORMALISED.get(operation + " > x-content-list");
      if (list != null) {
        assertThat(model(schema + "properties > content > items > $ref")).isEqualTo(list);
      } else {
        assertThat(List.of(model(schema + "properties > content > $ref"), model(schema + "$ref")))
            .containsExactlyInAnyOrder(NORMALISED.get(operation + " > x-content"), "");
      }
    }
  }

  /** Returns the generator's name for the schema of a reference. */
  private static String model(String path) {
    var reference = NORMALISED.get(path);
    return reference == null
        ? ""
        : reference
            .substring(reference.lastIndexOf('/') + 1)
            .replaceFirst("^Formatted(Company|Subscriber)?", "");
  }

  @Test
  void hasOneShapeForBothAnswersByIpAddress() {
    assertThat(shape("FormattedSubscriberDataUsageByIpAddress"))
        .isNotEmpty()
        .isEqualTo(shape("FormattedCompanyDataUsageByIpAddress"));
  }

  private static Map<String, String> shape(String schema) {
    var shape = new TreeMap<String, String>();
    NORMALISED.forEach(
        (path, value) -> {
          if (path.startsWith(SCHEMAS + schema + " > ")
              && !path.matches(".* > (description|x-usage-records.*|x-holds-maps|example.*)")) {
            shape.put(path.replace(schema, ""), value);
          }
        });
    return shape;
  }

  private record Allowed(String reason, Predicate<Difference> differences) {}

  /** A leaf of the two trees; null if it is missing. */
  private record Difference(String path, String before, String after) {
    boolean is(String expectedBefore, String expectedAfter) {
      return Objects.equals(before, expectedBefore) && Objects.equals(after, expectedAfter);
    }
  }

  private static boolean hasReason(Difference difference) {
    return ALLOWED.stream().anyMatch(allowed -> allowed.differences.test(difference));
  }

  private static List<Difference> differences() {
    var paths = new TreeSet<>(PUBLISHED.keySet());
    paths.addAll(NORMALISED.keySet());
    return paths.stream()
        .map(path -> new Difference(path, PUBLISHED.get(path), NORMALISED.get(path)))
        .filter(difference -> !Objects.equals(difference.before, difference.after))
        .toList();
  }

  private static String withAddress(String path) {
    return path.replace(" >  > ", " > 8.8.8.4 > ").replace(" > #2 > ", " > 8.8.8.5 > ");
  }

  private static String withoutAddress(String path) {
    return path.replace(" > 8.8.8.4 > ", " >  > ").replace(" > 8.8.8.5 > ", " > #2 > ");
  }

  private static String plain(String html) {
    return html.replace("&#58;", ":")
        .replaceAll("([.,]|\\band)\\s*</li>", "$1 ")
        .replaceAll("\\s*</li>", ". ")
        .replaceAll("<[^>]*>", " ")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** Returns every leaf by its path; a number distinguishes duplicate names of an object. */
  private static Map<String, String> leaves(String json) {
    var leaves = new TreeMap<String, String>();
    try {
      collect(JsonReader.of(new Buffer().writeUtf8(json)), "", leaves);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return leaves;
  }

  private static void collect(JsonReader reader, String path, Map<String, String> leaves)
      throws IOException {
    switch (reader.peek()) {
      case BEGIN_OBJECT -> {
        var names = new ArrayList<String>();
        reader.beginObject();
        while (reader.hasNext()) {
          var name = reader.nextName();
          names.add(name);
          var times = names.stream().filter(name::equals).count();
          collect(reader, below(path, times == 1 ? name : name + "#" + times), leaves);
        }
        reader.endObject();
        if (names.isEmpty()) {
          leaves.put(path, "{}");
        }
      }
      case BEGIN_ARRAY -> {
        var index = 0;
        reader.beginArray();
        while (reader.hasNext()) {
          collect(reader, below(path, String.valueOf(index++)), leaves);
        }
        reader.endArray();
        if (index == 0) {
          leaves.put(path, "[]");
        }
      }
      case BOOLEAN -> leaves.put(path, String.valueOf(reader.nextBoolean()));
      default -> leaves.put(path, reader.nextString());
    }
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + " > " + name;
  }
}
