/** The command {@code simtally}. Its inside: programs use {@code io.simtally.fleet}. */
@NullMarked
package io.simtally.cli;

import org.jspecify.annotations.NullMarked;
