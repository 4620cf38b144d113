package io.simtally.cli;

import io.simtally.fleet.account.Account;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.UsageSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The opened sources of a fleet.
 *
 * @param accounts the accounts to read
 * @param skipped the names of the other accounts
 * @param listed the listed devices of all accounts
 * @param sources the sources of the accounts
 * @param simulated the simulators in place of the providers, or null
 */
record OpenedFleet(
    Accounts accounts,
    List<String> skipped,
    ListedDevices listed,
    List<UsageSource> sources,
    @Nullable SimulatedFleet simulated)
    implements AutoCloseable {

  /** Returns the carriers that are read, each once. */
  List<Carrier> carriers() {
    var read = sources.stream().map(UsageSource::provider).collect(Collectors.toSet());
    var carriers = new LinkedHashMap<String, Carrier>();
    for (var account : accounts.accounts()) {
      account.carriers().stream()
          .filter(carrier -> read.contains(carrier.provider()))
          .forEach(carrier -> carriers.putIfAbsent(carrier.provider(), carrier));
    }
    return List.copyOf(carriers.values());
  }

  /** Returns the display name of a source, with its account where that has a name of its own. */
  String nameOf(UsageSource source) {
    return nameOf(source.provider(), source.account());
  }

  /** Returns the display name of a provider of an account. */
  String nameOf(String provider, String account) {
    var carrier = carrier(provider, account);
    return account.equals(carrier.account()) ? carrier.name() : account + ": " + carrier.name();
  }

  private Carrier carrier(String provider, String account) {
    return accounts.accounts().stream()
        .filter(each -> each.name().equals(account))
        .map(Account::carriers)
        .flatMap(List::stream)
        .filter(carrier -> carrier.provider().equals(provider))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    accounts.close();
    if (simulated != null) {
      simulated.close();
    }
  }
}
