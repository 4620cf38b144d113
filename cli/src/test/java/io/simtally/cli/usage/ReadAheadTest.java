package io.simtally.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadAheadTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4_095, 4_096, 4_097, 20_000})
  void passesAllRowsInOrderToTheCallingThread(int count) {
    var rows = new ArrayList<Integer>();
    var threads = new HashSet<Thread>();

    ReadAhead.forEach(
        IntStream.range(0, count).boxed(),
        row -> {
          rows.add(row);
          threads.add(Thread.currentThread());
        });

    assertThat(rows).isEqualTo(IntStream.range(0, count).boxed().toList());
    assertThat(threads).isSubsetOf(Thread.currentThread());
  }

  @Test
  void throwsTheFailureOfTheStreamAfterTheRowsBeforeIt() {
    var rows = new ArrayList<Integer>();
    var failing =
        IntStream.range(0, 10_000)
            .boxed()
            .peek(
                row -> {
                  if (row == 9_000) {
                    throw new IllegalStateException("the store is gone");
                  }
                });

    assertThatThrownBy(() -> ReadAhead.forEach(failing, rows::add))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("the store is gone");
    assertThat(rows).isEqualTo(IntStream.range(0, 8_192).boxed().toList());
  }

  @Test
  void endsTheReadingBeforeItThrows() {
    var actionFails = new CountDownLatch(1);
    var isBatchRead = new AtomicBoolean();
    var rows =
        IntStream.range(0, 100_000)
            .boxed()
            .peek(
                row -> {
                  if (row == 5_000) {
                    await(actionFails);
                  }
                  if (row == 8_191) {
                    isBatchRead.set(true);
                  }
                });

    assertThatThrownBy(
            () ->
                ReadAhead.forEach(
                    rows,
                    row -> {
                      actionFails.countDown();
                      throw new IllegalStateException("the disk is full");
                    }))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("the disk is full");

    assertThat(isBatchRead).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
