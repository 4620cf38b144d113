/** The figures of a report, added up from a store, independent of their presentation. */
@NullMarked
package io.simtally.cli.usage;

import org.jspecify.annotations.NullMarked;
