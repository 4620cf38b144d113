package io.simtally.core.auth;

import io.simtally.core.internal.Redaction;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token with its lifetime and its last use. Thread-safe. */
final class Token {
  /** A token is not used in its last minute, because clocks differ. */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  private static final Duration AHEAD = Duration.ofMinutes(5);

  /** Some gateways send a lifetime that overflows a clock of nanoseconds. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(365);

  /** A server that returns expired tokens is not asked on every call. */
  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);

  private final Secret value;
  private final Redaction redaction;
  private final @Nullable Duration lifetime;
  private final @Nullable Duration idleLifetime;
  private final long issued;
  private volatile long used;
  private volatile boolean accepted;

  /**
   * Creates a token that was just issued.
   *
   * @param lifetime how long the token is usable, or null if until it is refused
   * @param idleLifetime how long the token is usable without being used, or null if without limit
   */
  Token(Secret value, @Nullable Duration lifetime, @Nullable Duration idleLifetime, long issuedAt) {
    this.value = value;
    this.redaction = SecretRedaction.of(List.of(value));
    this.lifetime = lifetime;
    this.idleLifetime = idleLifetime;
    this.issued = issuedAt;
    this.used = issuedAt;
  }

  String reveal() {
    return value.reveal();
  }

  Secret value() {
    return value;
  }

  /** Returns the redaction of this token, which works after the token is replaced. */
  Redaction redaction() {
    return redaction;
  }

  /** Records that the provider accepted the token. */
  void accepted(long now) {
    used = now;
    accepted = true;
  }

  /** Returns whether the provider has accepted the token before. */
  boolean wasAccepted() {
    return accepted;
  }

  long age(long now) {
    return now - issued;
  }

  boolean isUsable(long now) {
    return (lifetime == null || age(now) < life(lifetime, MARGIN))
        && (idleLifetime == null || now - used < idleLifetime.toNanos());
  }

  boolean isWorthRefreshing(long now) {
    return lifetime != null && age(now) >= life(lifetime, AHEAD);
  }

  private static long life(Duration lifetime, Duration margin) {
    var half = lifetime.dividedBy(2);
    var life = lifetime.minus(half.compareTo(margin) < 0 ? half : margin);
    if (life.compareTo(LONGEST_LIFE) > 0) {
      return LONGEST_LIFE.toNanos();
    }
    return (life.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : life).toNanos();
  }
}
