/** Tests of the extension; most of them run other tests with it. */
@NullMarked
package io.simtally.simulator.junit;

import org.jspecify.annotations.NullMarked;
