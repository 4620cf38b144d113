/**
 * What HTTP says and carries, read and written without knowing of clients, calls or repetitions.
 * Exported to nobody.
 */
@NullMarked
package io.simtally.core.internal.http;

import org.jspecify.annotations.NullMarked;
