package io.simtally.fleet.account;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.store.StoredAccount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of the accounts of a configuration. A store keeps accounts apart by their names only:
 * an account under a second name would be read again, and count twice.
 *
 * @param all the names of all accounts, whether or not they are selected
 * @param former the former names of accounts, by their names
 * @param added the names that the configuration declares as those of new accounts
 */
record AccountNames(Set<String> all, Map<String, String> former, Set<String> added) {
  AccountNames {
    all = Set.copyOf(all);
    former = Map.copyOf(former);
    added = Set.copyOf(added);
  }

  /**
   * Returns the accounts of a store that have a new name.
   *
   * @return the new names by the former ones
   * @throws IllegalArgumentException if an account may be one of the store under a new name, and
   *     the configuration does not say whether it is
   */
  Map<String, String> renames(List<Account> accounts, List<StoredAccount> stored) {
    var renames = new HashMap<String, String>();
    for (var account : accounts) {
      var name = account.name();
      var old = former.get(name);
      var isStored = stored.stream().anyMatch(each -> each.account().equals(name));
      if (old != null && stored.stream().anyMatch(each -> each.account().equals(old))) {
        requireRenamable(account, old, stored);
        renames.put(old, name);
      } else if (!isStored && !added.contains(name)) {
        requireNoOther(account, stored);
      }
    }
    return renames;
  }

  private static void requireRenamable(Account account, String old, List<StoredAccount> stored) {
    var providers = providers(account);
    for (var each : stored) {
      if (each.account().equals(account.name())) {
        throw refused(
            account.name(), "renamed_from = \"" + old + "\": the store has rows of both names");
      }
      if (each.account().equals(old) && !providers.contains(each.provider())) {
        throw refused(
            account.name(),
            "renamed_from = \""
                + old
                + "\": in the store this is an account of "
                + each.provider());
      }
    }
  }

  private void requireNoOther(Account account, List<StoredAccount> stored) {
    var providers = providers(account);
    var others =
        stored.stream()
            .filter(each -> providers.contains(each.provider()))
            .map(StoredAccount::account)
            .filter(other -> !all.contains(other))
            .collect(toCollection(TreeSet::new));
    if (!others.isEmpty()) {
      throw refused(
          account.name(),
          "the store has no rows of this account, but rows of "
              + others.stream().collect(joining(", "))
              + " of the same provider, which the configuration lacks. If this is a new name, set"
              + " renamed_from = \""
              + others.first()
              + "\" in the configuration file; if the account is another one, set is_new = true");
    }
  }

  /** Returns the providers of an account in usage records, also those that are not selected. */
  private static Set<String> providers(Account account) {
    return Carriers.of(Map.of()).stream()
        .filter(carrier -> carrier.account().equals(account.provider()))
        .map(Carrier::provider)
        .collect(toSet());
  }

  private static IllegalArgumentException refused(String account, String reason) {
    return new IllegalArgumentException("account " + account + ": " + reason);
  }
}
