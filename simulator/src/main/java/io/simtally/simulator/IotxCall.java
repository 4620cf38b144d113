package io.simtally.simulator;

import java.util.List;
import java.util.Optional;

/**
 * One of the eight calls of the specification.
 *
 * @param kind what it answers
 * @param physicalId the subscriber that it is about, empty for the whole company
 */
record IotxCall(Kind kind, Optional<String> physicalId) {
  /** What a call answers; the same for the company and for a subscriber where there are both. */
  enum Kind {
    DATA_USAGE("data-usage", true),
    DATA_USAGE_BY_SUBSCRIBER("data-usage-by-subscriber", false),
    SESSION_COUNT("session-count", true),
    DATA_USAGE_BY_NETWORK_PROTOCOL("data-usage-network-protocol", false),
    DATA_USAGE_BY_IP_ADDRESS("data-usage-ip-address", true);

    private final String segment;
    private final boolean hasSubscribers;

    Kind(String segment, boolean hasSubscribers) {
      this.segment = segment;
      this.hasSubscribers = hasSubscribers;
    }
  }

  /**
   * Reads a path.
   *
   * @param path decoded segments
   */
  static Optional<IotxCall> find(List<String> path) {
    if (path.size() < 2 || path.size() > 3 || !path.get(0).equals("analytics")) {
      return Optional.empty();
    }
    Optional<String> physicalId = path.size() == 3 ? Optional.of(path.get(2)) : Optional.empty();
    for (Kind kind : Kind.values()) {
      if (kind.segment.equals(path.get(1))) {
        return physicalId.isEmpty() || (kind.hasSubscribers && !path.get(2).isEmpty())
            ? Optional.of(new IotxCall(kind, physicalId))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
