package io.simtally.thingspace.m2m;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.simulator.Fault;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgramEndTest {
  @Test
  void aProgramWithAPendingAsynchronousCallEndsAtOnce() throws Exception {
    var simulator = ThingSpaceSimulator.builder().tokens("the-bearer", "the-session").build();
    simulator.every(1, Fault.slowBody(Duration.ofMinutes(1)));
    try (var server = simulator.start()) {
      var command =
          new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
      var paths =
          Stream.of("jdk.module.path", "java.class.path", "surefire.test.class.path")
              .map(System::getProperty)
              .filter(path -> path != null && !path.isEmpty())
              .collect(Collectors.joining(File.pathSeparator));
      command.addAll(List.of("-cp", testClasses() + File.pathSeparator + paths));
      command.addAll(List.of(Program.class.getName(), server.url()));
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();

      // OkHttp's own threads would keep the program running for a minute, and the pending call for
      // longer.
      assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
      assertThat(new String(process.getInputStream().readAllBytes())).contains("main returns");
      assertThat(process.exitValue()).isZero();
    }
  }

  private static String testClasses() throws Exception {
    return new File(
                ProgramEndTest.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .getPath()
        + File.pathSeparator
        + "target/test-classes";
  }

  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      ThingSpaceM2m client =
          ThingSpaceM2m.builder()
              .baseUrl(arguments[0])
              .credentials(ThingSpaceCredentials.tokens("the-bearer", "the-session"))
              .build();
      var answer =
          client
              .usageHistory()
              .label("VIN", "9")
              .earliest(Instant.EPOCH)
              .latest(Instant.EPOCH)
              .executeAsync();
      System.out.println("main returns, done: " + answer.isDone());
    }
  }
}
