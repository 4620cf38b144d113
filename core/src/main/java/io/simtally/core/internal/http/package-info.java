/** Code about HTTP that does not depend on clients, calls or retries. Not exported. */
@NullMarked
package io.simtally.core.internal.http;

import org.jspecify.annotations.NullMarked;
