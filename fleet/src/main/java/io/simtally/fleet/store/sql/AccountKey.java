package io.simtally.fleet.store.sql;

/** One provider of one account: no write touches the rows of two keys. */
public record AccountKey(String provider, String account) {
  /** Returns the name of the lock that a write holds. */
  public String lock() {
    return provider + '\n' + account;
  }
}
