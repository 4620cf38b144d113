package io.simtally.simulator.iotx;

import io.simtally.simulator.Operation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the eight calls of the specification.
 *
 * @param physicalId the subscriber, empty for the whole company
 */
record IotxCall(Kind kind, Optional<String> physicalId) {
  /** The content of the answer, shared by the calls for the company and for a subscriber. */
  enum Kind {
    DATA_USAGE("data-usage", Operation.DATA_USAGE, Operation.SUBSCRIBER_DATA_USAGE),
    DATA_USAGE_BY_SUBSCRIBER("data-usage-by-subscriber", Operation.DATA_USAGE_BY_SUBSCRIBER, null),
    SESSION_COUNT("session-count", Operation.SESSION_COUNT, Operation.SUBSCRIBER_SESSION_COUNT),
    DATA_USAGE_BY_NETWORK_PROTOCOL(
        "data-usage-network-protocol", Operation.DATA_USAGE_BY_NETWORK_PROTOCOL, null),
    DATA_USAGE_BY_IP_ADDRESS(
        "data-usage-ip-address",
        Operation.DATA_USAGE_BY_IP_ADDRESS,
        Operation.SUBSCRIBER_DATA_USAGE_BY_IP_ADDRESS);

    private final String segment;
    private final Operation ofCompany;
    private final @Nullable Operation ofSubscriber;

    Kind(String segment, Operation ofCompany, @Nullable Operation ofSubscriber) {
      this.segment = segment;
      this.ofCompany = ofCompany;
      this.ofSubscriber = ofSubscriber;
    }
  }

  Operation operation() {
    return physicalId.isEmpty() ? kind.ofCompany : Objects.requireNonNull(kind.ofSubscriber);
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
        return physicalId.isEmpty() || (kind.ofSubscriber != null && !path.get(2).isEmpty())
            ? Optional.of(new IotxCall(kind, physicalId))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
