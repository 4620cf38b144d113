/**
 * What all Simtally clients share: requests, pages, errors, retries.
 *
 * <p>A {@link io.simtally.core.CallListener} receives the events of calls. Three SLF4J loggers
 * write them, without MDC and without addresses, bodies or credentials:
 *
 * <ul>
 *   <li>{@code io.simtally.calls}: each attempt and each wait at {@code DEBUG}, the beginning of an
 *       outage at {@code WARN}
 *   <li>{@code io.simtally.auth}: requests for tokens at {@code DEBUG}, a refused login at {@code
 *       WARN}
 *   <li>{@code io.simtally.listener}: exceptions of a listener, the first one at {@code WARN}
 * </ul>
 */
@NullMarked
package io.simtally.core;

import org.jspecify.annotations.NullMarked;
