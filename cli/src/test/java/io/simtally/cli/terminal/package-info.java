/** Tests of what the command shows at a terminal. */
@NullMarked
package io.simtally.cli.terminal;

import org.jspecify.annotations.NullMarked;
