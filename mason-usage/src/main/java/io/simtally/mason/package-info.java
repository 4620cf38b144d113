/**
 * Mason's Connectivity Usage API: how much data an account or a SIM used per month and per day. The
 * entry is {@link io.simtally.mason.MasonUsage}:
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
