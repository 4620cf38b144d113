/**
 * A data source of Apache Spark with the usage of a fleet, for fleets that outgrow one machine.
 *
 * <pre>{@code
 * Dataset<Row> usage =
 *     spark.read().format("simtally")
 *         .option("provider", "mason-usage")
 *         .option("devices", "devices.csv")
 *         .option("from", "2026-01-01").option("to", "2026-01-31")
 *         .load();
 * }</pre>
 */
@NullMarked
package io.simtally.spark;

import org.jspecify.annotations.NullMarked;
