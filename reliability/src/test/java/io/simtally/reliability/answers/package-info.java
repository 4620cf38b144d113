/** Tests of the clients with damaged, hostile and random responses. */
@NullMarked
package io.simtally.reliability.answers;

import org.jspecify.annotations.NullMarked;
