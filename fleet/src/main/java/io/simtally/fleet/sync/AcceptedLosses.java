package io.simtally.fleet.sync;

import io.simtally.core.internal.Preconditions;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The subjects whose readings are written even if they remove stored usage.
 *
 * @param subjects the subjects, or null for all
 */
record AcceptedLosses(@Nullable Set<String> subjects) {
  static final AcceptedLosses NONE = new AcceptedLosses(Set.of());
  static final AcceptedLosses ALL = new AcceptedLosses(null);

  static AcceptedLosses of(Collection<String> subjects) {
    return new AcceptedLosses(Set.copyOf(Preconditions.present("subjects", subjects)));
  }

  boolean contains(String subject) {
    return subjects == null || subjects.contains(subject);
  }
}
