package io.simtally.fleet.store;

/** One provider of one account: no write touches the rows of two keys. */
record AccountKey(String provider, String account) {
  /** Returns the name of the lock that a write holds. */
  String lock() {
    return provider + '\n' + account;
  }
}
