/** What comes out of the clients when what comes in is damaged, hostile or random. */
@NullMarked
package io.simtally.reliability.answers;

import org.jspecify.annotations.NullMarked;
