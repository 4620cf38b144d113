package io.simtally.simulator;

import org.jspecify.annotations.Nullable;

/**
 * A device that a user must list, because its provider answers for one device at a time.
 *
 * @param kind the kind of the identifier, as in a devices file
 * @param id the identifier
 * @param accountNumber the account of the device, or null if the provider does not ask for it
 */
public record ListedDevice(String kind, String id, @Nullable String accountNumber) {}
