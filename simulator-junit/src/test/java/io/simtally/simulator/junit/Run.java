package io.simtally.simulator.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The result of a user's test class.
 *
 * @param passed the number of tests that passed
 * @param failures the failures of the others and of its containers
 */
record Run(long passed, List<Throwable> failures) {

  static Run of(Class<?> test) {
    return of(test, Map.of());
  }

  static Run of(Class<?> test, Map<String, String> parameters) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(test))
            .configurationParameters(parameters)
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    return new Run(
        summary.getTestsSucceededCount(),
        summary.getFailures().stream().map(TestExecutionSummary.Failure::getException).toList());
  }

  /** For {@link OneProviderTest}, which shares only classes of the JDK with it. */
  static List<String> inWords(String test) throws ClassNotFoundException {
    Run run = of(Class.forName(test));
    return run.failures.isEmpty()
        ? List.of(run.passed + " passed")
        : run.failures.stream().map(Throwable::toString).toList();
  }
}
