/** What all Simtally clients share: requests, pages, errors, retries. */
@NullMarked
package io.simtally.core;

import org.jspecify.annotations.NullMarked;
