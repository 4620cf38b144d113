/** What the simulators are built of; programs have no use for it. */
@NullMarked
package io.simtally.simulator.internal;

import org.jspecify.annotations.NullMarked;
