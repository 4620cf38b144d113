/** Parts of messages to the users of the command and of the configuration file. */
@NullMarked
package io.simtally.fleet.message;

import org.jspecify.annotations.NullMarked;
