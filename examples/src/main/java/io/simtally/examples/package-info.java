/**
 * Runnable programs: one short example for each provider, and the snippets of the documentation.
 */
@NullMarked
package io.simtally.examples;

import org.jspecify.annotations.NullMarked;
