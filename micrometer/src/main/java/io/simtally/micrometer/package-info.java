/** Metrics of all Simtally clients in a Micrometer registry. */
@NullMarked
package io.simtally.micrometer;

import org.jspecify.annotations.NullMarked;
