/** The output of {@code simtally audit}. */
@NullMarked
package io.simtally.cli.audit;

import org.jspecify.annotations.NullMarked;
