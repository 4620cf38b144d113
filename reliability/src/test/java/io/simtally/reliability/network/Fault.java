package io.simtally.reliability.network;

/** One damage to one connection. */
record Fault(Phase phase, Damage damage) {}
