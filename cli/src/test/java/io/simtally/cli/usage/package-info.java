/** Tests of the usage figures. */
@NullMarked
package io.simtally.cli.usage;

import org.jspecify.annotations.NullMarked;
