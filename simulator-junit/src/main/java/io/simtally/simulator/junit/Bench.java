package io.simtally.simulator.junit;

import io.simtally.core.ClientBuilder;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.simulator.Simulator;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What one test works with, made as it is asked for. Tests have a bench each, and use it from one
 * thread.
 */
final class Bench implements AutoCloseable {
  private final Settings settings;
  private final Map<Class<?>, Object> made = new LinkedHashMap<>();
  private final Deque<Runnable> closings = new ArrayDeque<>();

  Bench(Settings settings) {
    this.settings = settings;
  }

  IotxSimulator iotx() {
    return once(
        IotxSimulator.class,
        () -> {
          IotxSimulator.Builder builder = IotxSimulator.builder();
          settings.iotx().accept(builder);
          settings.fleet().size().ifPresent(builder::subscribers);
          settings.fleet().seed().ifPresent(builder::seed);
          return started(builder.build());
        });
  }

  MasonSimulator mason() {
    return once(
        MasonSimulator.class,
        () -> {
          MasonSimulator.Builder builder = MasonSimulator.builder();
          settings.mason().accept(builder);
          settings.fleet().size().ifPresent(builder::sims);
          settings.fleet().seed().ifPresent(builder::seed);
          return started(builder.build());
        });
  }

  AlefSimulator alef() {
    return once(
        AlefSimulator.class,
        () -> {
          AlefSimulator.Builder builder = AlefSimulator.builder();
          settings.alef().accept(builder);
          settings.fleet().size().ifPresent(builder::subscribers);
          settings.fleet().seed().ifPresent(builder::seed);
          return started(builder.build());
        });
  }

  ThingSpaceSimulator thingSpace() {
    return once(
        ThingSpaceSimulator.class,
        () -> {
          ThingSpaceSimulator.Builder builder = ThingSpaceSimulator.builder();
          settings.thingSpace().accept(builder);
          settings.fleet().size().ifPresent(builder::devices);
          settings.fleet().seed().ifPresent(builder::seed);
          return started(builder.build());
        });
  }

  /** One object for all clients, and so one login. */
  ThingSpaceCredentials thingSpaceCredentials() {
    return once(
        ThingSpaceCredentials.class,
        () ->
            ThingSpaceCredentials.oauth(thingSpace().key(), thingSpace().secret())
                .login(thingSpace().username(), thingSpace().password()));
  }

  Simulators simulators() {
    return once(
        Simulators.class,
        () -> {
          Simulators all =
              Simulators.builder()
                  .iotx(iotx())
                  .mason(mason())
                  .alef(alef())
                  .thingSpace(thingSpace())
                  .start();
          closings.push(all::close);
          return all;
        });
  }

  /**
   * A client.
   *
   * @param making builds it
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

  /** Sets a client up for a simulator. */
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

  /** What each simulator still had to do, in words. */
  List<String> unmet() {
    List<String> unmet = new ArrayList<>();
    for (Object one : made.values()) {
      if (one instanceof Simulator<?> simulator && !simulator.unmet().isEmpty()) {
        unmet.add(simulator.getClass().getSimpleName() + " " + simulator.unmet());
      }
    }
    return unmet;
  }

  /** Closes all, the latest first: clients before their servers. */
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
