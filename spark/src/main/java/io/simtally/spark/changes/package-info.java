/**
 * A stream of the changes of a store: days that have settled, and corrections.
 *
 * <pre>{@code
 * Dataset<Row> changes =
 *     spark.readStream().format("simtally").option("store", "fleet.duckdb").load();
 * }</pre>
 */
@NullMarked
package io.simtally.spark.changes;

import org.jspecify.annotations.NullMarked;
