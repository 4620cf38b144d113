/**
 * What a carrier declares about the API of its provider, so that {@code simtally check} can call it
 * and compare the answers: documented calls, open questions, and the calls to send. Not exported.
 */
@NullMarked
package io.simtally.fleet.contract;

import org.jspecify.annotations.NullMarked;
