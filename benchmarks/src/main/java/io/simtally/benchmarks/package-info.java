/** How fast the clients are, against plain OkHttp and against what users would pick instead. */
@NullMarked
package io.simtally.benchmarks;

import org.jspecify.annotations.NullMarked;
