package io.simtally.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions that the build recorded. */
final class Version {

  private Version() {}

  /** Text of {@code --version}. */
  static final class OfThisProgram implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Simtally " + of("simtally")};
    }
  }

  static String of(String what) {
    Properties versions = new Properties();
    try (InputStream in = Resource.open("version.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions.getProperty(what);
  }
}
