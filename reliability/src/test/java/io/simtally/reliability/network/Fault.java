package io.simtally.reliability.network;

/** A damage to a connection in one phase. */
record Fault(Phase phase, Damage damage) {}
