package io.simtally.cli;

import java.util.List;

/**
 * Days of devices that several sources counted, whose counts were added up.
 *
 * @param days how many, each device's for itself
 * @param sources the names of the sources
 */
record SeveralSources(int days, List<String> sources) {

  SeveralSources {
    sources = List.copyOf(sources);
  }
}
