package io.simtally.fleet.sync;

import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.UsageStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store that enters committed readings into a ledger, and that can fail from some write on. */
final class RecordingStore {
  private final UsageStore store;
  private final Ledger ledger;
  private int writesLeft = Integer.MAX_VALUE;

  RecordingStore(UsageStore store, Ledger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  void failAfter(int writes) {
    writesLeft = writes;
  }

  UsageStore proxy() {
    return (UsageStore)
        Proxy.newProxyInstance(
            UsageStore.class.getClassLoader(),
            new Class<?>[] {UsageStore.class},
            (proxy, called, arguments) -> invoke(called, arguments));
  }

  private @Nullable Object invoke(Method called, Object @Nullable [] arguments) throws Throwable {
    var isWrite = called.getName().equals("write");
    if (isWrite || called.getName().equals("end")) {
      killIfDue();
    }
    try {
      var result = called.invoke(store, arguments);
      if (isWrite && arguments != null) {
        ledger.add(((List<?>) arguments[0]).stream().map(Reading.class::cast).toList());
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private synchronized void killIfDue() {
    if (writesLeft-- <= 0) {
      writesLeft = 0;
      throw new StoreException("killed", null);
    }
  }
}
