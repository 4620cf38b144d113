package io.simtally.simulator.mason;

import io.simtally.simulator.Operation;
import java.util.List;
import java.util.Optional;

/**
 * One of the calls of the page "Usage API".
 *
 * @param isSeries whether it is about days instead of a month
 * @param iccid the SIM of a call for one SIM, otherwise empty
 */
record MasonCall(boolean isSeries, Subject subject, String iccid) {
  private static final MasonCall AGGREGATE_ACCOUNT = new MasonCall(false, Subject.ACCOUNT, "");
  private static final MasonCall AGGREGATE_SIMS = new MasonCall(false, Subject.ALL_SIMS, "");
  private static final MasonCall SERIES_ACCOUNT = new MasonCall(true, Subject.ACCOUNT, "");

  /** The subject of the usage. */
  enum Subject {
    ACCOUNT,
    ALL_SIMS,
    SIM
  }

  Operation operation() {
    return switch (subject) {
      case ACCOUNT -> isSeries ? Operation.SERIES_ACCOUNT_USAGE : Operation.AGGREGATE_ACCOUNT_USAGE;
      case ALL_SIMS -> Operation.AGGREGATE_SIMS_USAGE;
      case SIM -> isSeries ? Operation.SERIES_SIM_USAGE : Operation.AGGREGATE_SIM_USAGE;
    };
  }

  /**
   * Reads a path.
   *
   * @param path decoded segments
   */
  static Optional<MasonCall> find(List<String> path, String fleet) {
    if (path.size() < 5
        || path.contains("")
        || !path.get(0).equals("beta")
        || !path.get(1).equals(fleet)
        || !path.get(2).equals("data")
        || !path.get(4).equals("usage")) {
      return Optional.empty();
    }
    List<String> rest = path.subList(5, path.size());
    return switch (path.get(3)) {
      case "aggregate" -> aggregate(rest);
      case "series" -> series(rest);
      default -> Optional.empty();
    };
  }

  private static Optional<MasonCall> aggregate(List<String> rest) {
    if (rest.isEmpty()) {
      return Optional.of(AGGREGATE_ACCOUNT);
    }
    return rest.equals(List.of("sim")) ? Optional.of(AGGREGATE_SIMS) : sim(false, rest);
  }

  /** The page's heading has the ICCID after {@code usage}, its examples after {@code sim}. */
  private static Optional<MasonCall> series(List<String> rest) {
    // The page's samples of the account's days have a path that ends in sim.
    if (rest.isEmpty() || rest.equals(List.of("sim"))) {
      return Optional.of(SERIES_ACCOUNT);
    }
    return rest.size() == 1
        ? Optional.of(new MasonCall(true, Subject.SIM, rest.get(0)))
        : sim(true, rest);
  }

  private static Optional<MasonCall> sim(boolean isSeries, List<String> rest) {
    return rest.size() == 2 && rest.get(0).equals("sim")
        ? Optional.of(new MasonCall(isSeries, Subject.SIM, rest.get(1)))
        : Optional.empty();
  }
}
