package io.simtally.simulator;

/**
 * What a {@link FaultScript} lets one request meet: a {@link Fault}, a {@link Reply} of the
 * caller's own, or the published {@link Sample} as the answer.
 */
public sealed interface Step permits Fault, Reply, Sample {}
