package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
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

/** Signals and pipes, with the command in a process of its own. */
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
  private Process process;

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
  void end() {
    answers.countDown();
    if (process != null) {
      process.destroyForcibly();
    }
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void storesTheDevicesUnderWayAfterTheFirstSignal(String signal) throws Exception {
    // More than are under way at once.
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
    assertThat(Files.readString(directory.resolve("err")))
        .contains("Interrupted: the same command reads the rest.");
  }

  @Test
  void endsAtOnceAfterTheSecondSignal() throws Exception {
    var devices = Files.writeString(directory.resolve("devices.csv"), ICCIDS);
    sync(devices.toString());
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

    ChildCommand.signal(process, "INT");
    awaitWords("Ending after the devices under way are stored");
    ChildCommand.signal(process, "INT");

    // No answer has come: the process does not wait for one.
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
    assertThat(Files.readString(directory.resolve("err"))).isEmpty();
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
  void aSignalEndsTheWaitForAPipeThatNobodyWrites(String signal) throws Exception {
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
            .redirectError(directory.resolve("err").toFile())
            .start();
  }

  /** Waits until the command has printed something. */
  private void awaitWords(String words) throws IOException {
    while (!Files.readString(directory.resolve("err")).contains(words)) {
      assertThat(process.isAlive()).isTrue();
      Thread.onSpinWait();
    }
  }

  /** Opens the pipe for writing, which waits for its reader, and keeps it open. */
  private void awaitReader(Path pipe) throws Exception {
    new ProcessBuilder("sh", "-c", "exec 3>\"$0\"; echo open; exec sleep 60", pipe.toString())
        .redirectErrorStream(true)
        .start()
        .inputReader()
        .readLine();
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
