/** The command at a terminal: progress, signals, and what is printed where. */
@NullMarked
package io.simtally.cli.terminal;

import org.jspecify.annotations.NullMarked;
