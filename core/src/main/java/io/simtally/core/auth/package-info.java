/**
 * Credentials and the interceptors that add them to requests. No other package reads the text of a
 * credential.
 */
@NullMarked
package io.simtally.core.auth;

import org.jspecify.annotations.NullMarked;
