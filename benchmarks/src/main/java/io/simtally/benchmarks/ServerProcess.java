package io.simtally.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A {@link LightServer} in a separate process, so that its CPU time is not measured. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final String url;

  private ServerProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static ServerProcess start() throws IOException {
    var process = Fork.start(LightServer.class, List.of("-Xmx96m", "-XX:+UseSerialGC"), List.of());
    var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
    var url = out.readLine();
    if (url == null) {
      throw new IOException("the server did not start");
    }
    return new ServerProcess(process, url);
  }

  String url() {
    return url;
  }

  /** Returns the new connections and requests since the last call of this method. */
  static Counts counts(String url) {
    try (var in = URI.create(url + "/-/counts").toURL().openStream()) {
      var numbers = new String(in.readAllBytes(), StandardCharsets.UTF_8).split(" ", -1);
      return new Counts(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  record Counts(int connections, int requests) {}

  @Override
  public void close() {
    process.destroy();
  }
}
