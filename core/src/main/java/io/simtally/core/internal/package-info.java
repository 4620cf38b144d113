/**
 * What the provider modules need of core and users do not. Exported to the provider modules only.
 */
@NullMarked
package io.simtally.core.internal;

import org.jspecify.annotations.NullMarked;
