/** A job that writes a fleet's usage as Parquet. */
@NullMarked
package io.simtally.examples.spark;

import org.jspecify.annotations.NullMarked;
