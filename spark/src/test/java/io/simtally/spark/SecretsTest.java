package io.simtally.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan, the event log and the pages of a job contain the counts and no credential. */
final class SecretsTest {
  @TempDir private Path folder;

  @Test
  void showsCountsAndNoCredential() throws Exception {
    var log = Files.createDirectory(folder.resolve("events"));
    try (var fleet = SimulatedFleet.of(12);
        var spark =
            LocalSpark.builder()
                .config("spark.ui.enabled", "true")
                .config("spark.ui.port", "0")
                .config("spark.eventLog.enabled", "true")
                .config("spark.eventLog.compress", "false")
                .config("spark.eventLog.rolling.enabled", "false")
                .config("spark.eventLog.dir", log.toUri().toString())
                .getOrCreate()) {
      var usage = fleet.reader(spark, "mason-usage").load().where("total_bytes > 0");
      var shown = new ArrayList<String>();
      shown.add(usage.queryExecution().toString());
      int rows = usage.collectAsList().size();
      spark.sparkContext().listenerBus().waitUntilEmpty();
      var pages = pages(spark);
      shown.addAll(pages);
      spark.stop();
      shown.add(text(log));

      assertThat(pages.get(1))
          .contains("simtally mason-usage")
          .contains("requests sent to the carrier")
          .contains("requests repeated")
          .contains("devices that could not be read")
          .contains("usage records read");
      // One page of SIMs for each month that the ten days touch, and one call for each SIM.
      int sent = fleet.simulators.mason().calls().size();
      assertThat(pages.get(0)).contains(metric("requests sent to the carrier", sent));
      assertThat(pages.get(0)).contains(metric("usage records read", rows));
      assertThat(shown).allSatisfy(text -> assertThat(text).contains("mason-usage"));
      assertThat(shown)
          .allSatisfy(
              text ->
                  assertThat(text)
                      .doesNotContain(
                          fleet.simulators.environment().entrySet().stream()
                              .filter(each -> !each.getKey().endsWith("_URL"))
                              .filter(each -> !each.getKey().equals("MASON_FLEET"))
                              .map(each -> each.getValue())
                              .toList()));
    }
  }

  private static String metric(String name, int value) {
    return "{\"name\":\"" + name + "\",\"value\":\"" + value + "\"}";
  }

  private static List<String> pages(SparkSession spark) throws IOException, InterruptedException {
    var context = spark.sparkContext();
    var address = context.uiWebUrl().get();
    var api =
        get(address + "/api/v1/applications/" + context.applicationId() + "/sql?details=true")
            .replaceAll("\\s*([\\[\\]{}:,])\\s*", "$1");
    // Spark numbers executions per process, not per session.
    var id = Pattern.compile("\\{\"id\":(\\d+)").matcher(api);
    assertThat(id.find()).as(api).isTrue();
    return List.of(api, get(address + "/SQL/execution/?id=" + id.group(1)));
  }

  private static String get(String address) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(address)).build();
    var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static String text(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      var texts = new ArrayList<String>();
      for (var file : files.filter(Files::isRegularFile).toList()) {
        texts.add(Files.readString(file));
      }
      return texts.stream().collect(Collectors.joining());
    }
  }
}
