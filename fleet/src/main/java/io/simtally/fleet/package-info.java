/** What users have is not a call but a fleet, every day, in a database: this is that job. */
@NullMarked
package io.simtally.fleet;

import org.jspecify.annotations.NullMarked;
