/**
 * What all Simtally clients share: requests, pages, errors, retries.
 *
 * <p>What happens is heard through a {@link io.simtally.core.CallListener} and logged through
 * SLF4J, without MDC, without addresses, bodies and credentials:
 *
 * <ul>
 *   <li>{@code io.simtally.calls}: each attempt and each wait at {@code DEBUG}, the beginning of an
 *       outage at {@code WARN}
 *   <li>{@code io.simtally.auth}: requests for tokens at {@code DEBUG}, a refused login at {@code
 *       WARN}
 *   <li>{@code io.simtally.listener}: what a listener throws, the first time at {@code WARN}
 * </ul>
 */
@NullMarked
package io.simtally.core;

import org.jspecify.annotations.NullMarked;
