package io.simtally.simulator;

/**
 * The scripted outcome of one request: a {@link Fault}, a {@link Reply}, or a published {@link
 * Sample}.
 */
public sealed interface Step permits Fault, Reply, Sample {}
