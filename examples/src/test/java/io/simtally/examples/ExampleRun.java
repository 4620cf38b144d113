package io.simtally.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The result of an example's main method.
 *
 * @param out its standard output
 * @param err its standard error
 */
public record ExampleRun(int exitCode, String out, String err) {

  /** Runs an example in a directory, with only these variables of providers. */
  public static ExampleRun of(
      Class<?> example, Path directory, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Short programs run faster without the optimizing compiler.
                "-XX:TieredStopAtLevel=1",
                // JDK 24 and later warn about the native library of DuckDB.
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                example.getName()));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(Redirect.to(out.toFile()))
            .redirectError(Redirect.to(err.toFile()));
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(IOTX|MASON|ALEF|THINGSPACE)_.*"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(example + " does not end");
    }
    return new ExampleRun(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
