package io.simtally.simulator.junit;

import io.simtally.core.ClientBuilder;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.simulator.Simulator;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The simulators and clients of one test, created on first use. Used by one thread. */
final class TestFixture implements AutoCloseable {
  private final Settings settings;
  private final Map<Class<?>, Object> made = new LinkedHashMap<>();
  private final Deque<Runnable> closings = new ArrayDeque<>();

  TestFixture(Settings settings) {
    this.settings = settings;
  }

  /** Returns the started simulator of a provider. */
  <S extends Simulator<S>> S simulator(SimulatorKind<S, ?> kind) {
    return once(kind.type(), () -> started(kind.make(settings)));
  }

  /** Returns the credentials of all clients, with one login. */
  ThingSpaceCredentials thingSpaceCredentials() {
    ThingSpaceSimulator simulator = simulator(Providers.THING_SPACE);
    return once(
        ThingSpaceCredentials.class,
        () ->
            ThingSpaceCredentials.oauth(simulator.key(), simulator.secret())
                .login(simulator.username(), simulator.password()));
  }

  Simulators simulators() {
    return once(
        Simulators.class,
        () -> {
          Simulators all = Providers.all(this).start();
          closings.push(all::close);
          return all;
        });
  }

  /**
   * Returns a client.
   *
   * @param making creates it
   * @param closing closes it
   */
  <C> C client(Class<C> type, Supplier<C> making, Consumer<C> closing) {
    return once(
        type,
        () -> {
          C client = making.get();
          closings.push(() -> closing.accept(client));
          return client;
        });
  }

  /** Configures a client for a simulator. */
  <B extends ClientBuilder<B>> B wired(B client, Simulator<?> simulator) {
    return settings.set(client, simulator.url());
  }

  private <T> T once(Class<T> type, Supplier<T> making) {
    Object earlier = made.get(type);
    if (earlier != null) {
      return type.cast(earlier);
    }
    T fresh = making.get();
    made.put(type, fresh);
    return fresh;
  }

  private <S extends Simulator<S>> S started(S simulator) {
    closings.push(simulator.start()::close);
    return simulator;
  }

  /** Returns a description of the steps that no request took. */
  List<String> unmet() {
    List<String> unmet = new ArrayList<>();
    for (Object one : made.values()) {
      if (one instanceof Simulator<?> simulator && !simulator.unmet().isEmpty()) {
        unmet.add(simulator.getClass().getSimpleName() + " " + simulator.unmet());
      }
    }
    return unmet;
  }

  /** Closes all in reverse order: clients before their servers. */
  @Override
  public void close() {
    Runnable latest = closings.poll();
    if (latest == null) {
      return;
    }
    try {
      latest.run();
    } finally {
      close();
    }
  }
}
