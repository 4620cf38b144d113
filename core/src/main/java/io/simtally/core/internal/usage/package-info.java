/** Shared parts of requests and answers that count bytes; for the provider modules only. */
@NullMarked
package io.simtally.core.internal.usage;

import org.jspecify.annotations.NullMarked;
