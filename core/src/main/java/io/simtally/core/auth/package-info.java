/**
 * Credentials and the interceptors that put them on requests. Nothing outside this package sees the
 * text of a credential.
 */
@NullMarked
package io.simtally.core.auth;

import org.jspecify.annotations.NullMarked;
