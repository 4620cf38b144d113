import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prints the usage of the simulated IoT-X on one day, read without Simtally: the sum of all its
 * numbers.
 */
final class Expected {
  private static final Pattern COUNT = Pattern.compile("\"20[^\"]+\":\"(\\d+)\"");

  private Expected() {}

  public static void main(String... args) throws Exception {
    URI uri =
        URI.create(
            System.getenv("IOTX_BASE_URL")
                + "/analytics/data-usage-by-subscriber?startDate="
                + encoded(System.getenv("DAY") + "T00:00:00+00:00")
                + "&endDate="
                + encoded(System.getenv("DAY") + "T23:59:59+00:00"));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + System.getenv("IOTX_TOKEN"))
            .build();
    String body =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    long total = 0;
    for (Matcher counts = COUNT.matcher(body); counts.find(); ) {
      total += Long.parseLong(counts.group(1));
    }
    if (total == 0) {
      throw new IllegalStateException("No usage in " + body);
    }
    System.out.println(total + " bytes");
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
