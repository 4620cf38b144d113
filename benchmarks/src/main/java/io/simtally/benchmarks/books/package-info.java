/**
 * A model of carriers that correct, forget and err, against which the store is checked for many
 * simulated months.
 */
@NullMarked
package io.simtally.benchmarks.books;

import org.jspecify.annotations.NullMarked;
