package io.simtally.cli.usage;

import java.util.List;

/**
 * Days of devices that several sources counted; their counts are added up.
 *
 * @param days the number of days, counted for each device
 * @param sources the names of the sources
 */
public record SeveralSources(int days, List<String> sources) {

  public SeveralSources {
    sources = List.copyOf(sources);
  }
}
