/** The sums of a store from which reports are made, one row for each subject or day. */
@NullMarked
package io.simtally.fleet.store.sum;

import org.jspecify.annotations.NullMarked;
