package io.simtally.cli.usage;

import java.util.List;

/**
 * Days of devices that several sources counted, whose counts were added up.
 *
 * @param days how many, each device's for itself
 * @param sources the names of the sources
 */
public record SeveralSources(int days, List<String> sources) {

  public SeveralSources {
    sources = List.copyOf(sources);
  }
}
