package io.simtally.cli.terminal;

/** A command whose standard output is data for another program, which {@code --quiet} keeps. */
public interface DataCommand {}
