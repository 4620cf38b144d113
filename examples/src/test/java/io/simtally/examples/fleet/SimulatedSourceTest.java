package io.simtally.examples.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.MasonSimulator;
import io.simtally.simulator.SimulatorServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SimulatedSourceTest {

  private final SimulatorServer server = MasonSimulator.builder().build().start();
  private final List<String> closed = new ArrayList<>();

  @Test
  void closesTheServerIfAnErrorKeepsTheRestFromOpening() {
    Error error = new NoClassDefFoundError("a client");

    assertThatThrownBy(
            () ->
                SimulatedSource.open(
                    server,
                    url -> {
                      throw error;
                    }))
        .isSameAs(error);

    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
  }

  @Test
  void closesTheServerWithTheSource() {
    UsageSource source = SimulatedSource.open(server, url -> new Closing(() -> closed.add(url)));
    assertThatCode(this::connect).doesNotThrowAnyException();

    source.close();

    assertThat(closed).containsExactly(server.url());
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
  }

  @Test
  void closesTheServerEvenIfTheSourceCannotBeClosed() {
    UsageSource source =
        SimulatedSource.open(
            server,
            url ->
                new Closing(
                    () -> {
                      throw new IllegalStateException("stuck");
                    }));

    assertThatThrownBy(source::close).hasMessage("stuck");
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
  }

  private void connect() throws IOException {
    new Socket("127.0.0.1", URI.create(server.url()).getPort()).close();
  }

  private record Closing(Runnable onClose) implements UsageSource {

    @Override
    public void read(Period period, UsageSink sink) {}

    @Override
    public void close() {
      onClose.run();
    }
  }
}
