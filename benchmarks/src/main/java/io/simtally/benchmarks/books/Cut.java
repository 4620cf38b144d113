package io.simtally.benchmarks.books;

import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.UsageStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A store that fails at one of its writes: before it, within its transaction, or after it. */
final class Cut implements InvocationHandler {
  static final String MESSAGE = "cut";

  private static final Set<String> WRITES =
      Set.of(
          "begin",
          "end",
          "write",
          "writeLosses",
          "writeFailures",
          "removeAccountFailures",
          "writeDevices");
  private static final int LATEST_WRITE = 25;

  private final UsageStore store;
  private final AtomicInteger writesLeft;
  private final AtomicInteger subjectsLeft;
  private final boolean isAfter;

  private Cut(UsageStore store, Random random) {
    this.store = store;
    this.writesLeft = new AtomicInteger(random.nextInt(LATEST_WRITE));
    this.isAfter = random.nextBoolean();
    var isWithin = random.nextInt(3) == 0;
    this.subjectsLeft = new AtomicInteger(isWithin ? random.nextInt(2_000) : Integer.MAX_VALUE);
  }

  static UsageStore of(UsageStore store, Random random) {
    return (UsageStore)
        Proxy.newProxyInstance(
            UsageStore.class.getClassLoader(),
            new Class<?>[] {UsageStore.class},
            new Cut(store, random));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    var isFatal = WRITES.contains(method.getName()) && writesLeft.getAndDecrement() <= 0;
    if (isFatal && !isAfter) {
      throw new StoreException(MESSAGE, null);
    }
    if (arguments != null && arguments.length == 3 && method.getName().equals("write")) {
      arguments[2] = within(arguments[2]);
    }
    try {
      var result = method.invoke(store, arguments);
      if (isFatal) {
        throw new StoreException(MESSAGE, null);
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** The store calls the predicate within the transaction, after its first deletions. */
  private Predicate<String> within(Object accepted) {
    @SuppressWarnings("unchecked")
    var given = (Predicate<String>) accepted;
    return subject -> {
      if (subjectsLeft.getAndDecrement() == 0) {
        throw new StoreException(MESSAGE, null);
      }
      return given.test(subject);
    };
  }
}
