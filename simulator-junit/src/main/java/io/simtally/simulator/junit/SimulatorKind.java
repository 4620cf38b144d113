package io.simtally.simulator.junit;

import io.simtally.simulator.Simulator;
import io.simtally.simulator.SimulatorBuilder;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/**
 * Creates the simulators of one provider.
 *
 * @param size sets the number of devices, SIMs or subscribers of a builder
 */
record SimulatorKind<S extends Simulator<S>, B extends SimulatorBuilder<S, B>>(
    Class<S> type, Class<B> builderType, Supplier<B> newBuilder, ObjIntConsumer<B> size) {

  S make(Settings settings) {
    B builder = newBuilder.get();
    settings.setUp(this, builder);
    settings.fleet().size().ifPresent(count -> size.accept(builder, count));
    settings.fleet().seed().ifPresent(builder::seed);
    return builder.build();
  }
}
