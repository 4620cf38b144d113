/**
 * Mason's Connectivity Usage API: the data usage of an account or a SIM per month and per day. The
 * entry type is {@link io.simtally.mason.MasonUsage}:
 *
 * <pre>{@code
 * try (var mason = MasonUsage.fromEnv()) {
 *   for (AggregateUsage sim : mason.aggregateSimUsage().month(YearMonth.of(2026, 1))) {
 *     System.out.println(sim.sim() + " " + sim.usage().total() + " " + sim.usage().unit());
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.simtally.mason;

import org.jspecify.annotations.NullMarked;
