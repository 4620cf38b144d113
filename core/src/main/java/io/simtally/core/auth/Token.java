package io.simtally.core.auth;

import io.simtally.core.internal.Redaction;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One token and what is known of its life. Thread-safe. */
final class Token {
  /** No clock is so exact that a token should be used up to its last second. */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  private static final Duration AHEAD = Duration.ofMinutes(5);

  /** Gateways say "never" with more seconds than a clock of nanoseconds can count. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(365);

  /** A server that hands out expired tokens is not asked for one per call. */
  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);

  private final Secret value;
  private final Redaction redaction;
  private final @Nullable Duration lifetime;
  private final @Nullable Duration idleLifetime;
  private final long issued;
  private volatile long used;
  private volatile boolean accepted;

  /**
   * A token that has just come.
   *
   * @param lifetime how long it is good, or null if until it is refused
   * @param idleLifetime how long it is good without being used, or null if that does not matter
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

  /** What takes it out of texts, however old it is by then. */
  Redaction redaction() {
    return redaction;
  }

  /** The provider took it. */
  void accepted(long now) {
    used = now;
    accepted = true;
  }

  /** Whether the provider took it for any call. */
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
