package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests signals and pipes with the command in a separate process. */
@DisabledOnOs(OS.WINDOWS)
final class InterruptTest {
  private static final String ICCIDS =
      """
      provider,kind,id
      mason-usage,iccid,89148000000800784259
      mason-usage,iccid,89148000000800784267
      """;

  @TempDir private Path directory;

  private final MockWebServer server = new MockWebServer();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answers = new CountDownLatch(1);
  private final StringBuilder printed = new StringBuilder();
  private Process process;
  private BufferedReader err;
  private OutputStream silent;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            asked.countDown();
            answers.await();
            return new MockResponse.Builder()
                .body(
                    "{\"data\":[{\"date\":\"2026-03-01T00:00:00Z\",\"upload\":3,\"download\":4,"
                        + "\"total\":7,\"unit\":\"bytes\"}],\"paging\":{}}")
                .setHeader("Content-Type", "application/json")
                .build();
          }
        });
    server.start();
  }

  @AfterEach
  void end() throws IOException {
    answers.countDown();
    if (process != null) {
      process.destroyForcibly();
    }
    if (silent != null) {
      silent.close();
    }
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void storesThePendingDevicesAfterTheFirstSignal(String signal) throws Exception {
    // More devices than concurrent calls.
    var rows = new StringBuilder("provider,kind,id\n");
    for (var i = 0; i < 1_000; i++) {
      rows.append("mason-usage,iccid,").append(8_914_800_000_080_784_259L + i).append('\n');
    }
    var devices = Files.writeString(directory.resolve("devices.csv"), rows);
    sync(devices.toString());
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

    ChildCommand.signal(process, signal);
    awaitWords("Ending after the devices under way are stored");
    answers.countDown();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(subjects()).hasSizeBetween(1, 999).contains("8914800000080784259");
    assertThat(errorsToTheEnd()).contains("Interrupted: the same command reads the rest.");
  }

  @Test
  void endsAtOnceAfterTheSecondSignal() throws Exception {
    var devices = Files.writeString(directory.resolve("devices.csv"), ICCIDS);
    sync(devices.toString());
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

    ChildCommand.signal(process, "INT");
    awaitWords("Ending after the devices under way are stored");
    ChildCommand.signal(process, "INT");

    // The process does not wait for the pending responses.
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(answers.getCount()).isOne();
  }

  @Test
  void readsTheDevicesFromAPipe() throws Exception {
    answers.countDown();
    var pipe = pipe();
    sync(pipe.toString());

    Files.writeString(pipe, ICCIDS);

    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(errorsToTheEnd()).isEmpty();
    assertThat(process.exitValue()).isZero();
    assertThat(subjects())
        .containsExactlyInAnyOrder("89148000000800784259", "89148000000800784267");
  }

  @Test
  void readsTheDevicesFromStandardInput() throws Exception {
    answers.countDown();
    sync("/dev/stdin");

    try (var in = process.outputWriter()) {
      in.write(ICCIDS);
    }

    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(subjects())
        .containsExactlyInAnyOrder("89148000000800784259", "89148000000800784267");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalEndsTheWaitForAPipeWithoutWriter(String signal) throws Exception {
    var pipe = pipe();
    sync(pipe.toString());
    awaitReader(pipe);

    ChildCommand.signal(process, signal);

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(signal.equals("INT") ? 130 : 143);
  }

  private void sync(String devices, String... more) throws IOException {
    var args =
        new ArrayList<>(
            List.of("sync", "--store", store(), "--devices", devices, "--provider", "mason-usage"));
    args.addAll(List.of("--from", "2026-03-01", "--to", "2026-03-01"));
    args.addAll(List.of(more));
    var environment =
        Map.of("MASON_API_KEY", "a-key", "MASON_BASE_URL", server.url("/").toString());
    process =
        ChildCommand.of(environment, args.toArray(String[]::new))
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    err = process.errorReader();
  }

  /** Waits until the command has printed a line. */
  private void awaitWords(String words) throws IOException {
    for (var line = err.readLine(); line != null; line = err.readLine()) {
      printed.append(line).append('\n');
      if (line.contains(words)) {
        return;
      }
    }
    fail("the command has ended without the words, with: " + printed);
  }

  /** Waits for the end of the command, and returns all that it has printed to standard error. */
  private String errorsToTheEnd() throws IOException {
    err.lines().forEach(line -> printed.append(line).append('\n'));
    return printed.toString();
  }

  /** Opens the pipe for writing, which waits for its reader, and keeps it open to the end. */
  private void awaitReader(Path pipe) throws IOException {
    silent = Files.newOutputStream(pipe);
  }

  private Path pipe() throws Exception {
    var pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  private Set<String> subjects() {
    try (var store = UsageStore.open(store(), Map.of());
        var records = store.usageRecords(UsageQuery.all())) {
      return records.map(stored -> stored.usage().subject()).collect(Collectors.toSet());
    }
  }

  private String store() {
    return directory.resolve("store.duckdb").toString();
  }
}
