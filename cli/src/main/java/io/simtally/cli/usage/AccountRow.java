package io.simtally.cli.usage;

/**
 * One provider of one account: a row of the report.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 */
public record AccountRow(String provider, String account) {}
