/** Benchmarks of the clients against plain OkHttp and the alternatives that users have. */
@NullMarked
package io.simtally.benchmarks;

import org.jspecify.annotations.NullMarked;
