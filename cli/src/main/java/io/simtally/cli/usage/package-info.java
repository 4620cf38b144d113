/** What a fleet used, in the figures of a report: added up from records, without their form. */
@NullMarked
package io.simtally.cli.usage;

import org.jspecify.annotations.NullMarked;
