package io.simtally.reliability.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.ApiRequest;
import io.simtally.core.CallListener;
import io.simtally.core.ClientBuilder;
import io.simtally.core.PageCursor;
import io.simtally.core.RateLimit;
import io.simtally.core.RetryPolicy;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.core.auth.TokenSource;
import io.simtally.reliability.Provider;
import io.simtally.reliability.Setup;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Checks that every text parameter refuses text that could break out of a header, a line or a
 * query. Reflection finds the parameters, so that new ones are included.
 */
class SettingsTest {
  private static final List<String> INJECTIONS =
      List.of("a\r\nX-Injected: yes", "a\nb", "a\rb", "a\u0000b", "a\u0085b", "", " ");

  /** A valid value for each type of the other parameters. */
  private static final Map<Class<?>, Object> COMMON =
      Map.ofEntries(
          Map.entry(String.class, "4711"),
          Map.entry(String[].class, new String[] {"4711"}),
          Map.entry(int.class, 7),
          Map.entry(long.class, 7L),
          Map.entry(double.class, 50.0),
          Map.entry(Duration.class, Duration.ofSeconds(7)),
          Map.entry(Instant.class, Instant.EPOCH),
          Map.entry(OffsetDateTime.class, OffsetDateTime.MIN),
          Map.entry(YearMonth.class, YearMonth.of(2026, 1)),
          Map.entry(RetryPolicy.class, RetryPolicy.none()),
          Map.entry(RateLimit.class, RateLimit.perSecond(7)),
          Map.entry(CallListener.class, CallListener.NONE),
          Map.entry(OkHttpClient.class, new OkHttpClient()),
          Map.entry(TokenSource.class, (TokenSource) () -> "token"),
          Map.entry(ThingSpaceCredentials.class, ThingSpaceCredentials.tokens("b", "s")),
          Map.entry(PageCursor.class, PageCursor.parse("s1.0123456789abcdef.cDI=")));

  private static final Map<Class<?>, Object> SAMPLES = samples();

  private static Map<Class<?>, Object> samples() {
    var samples = new HashMap<Class<?>, Object>(COMMON);
    for (var provider : Provider.values()) {
      provider.parameterValues().forEach(value -> samples.put(value.getClass(), value));
    }
    return Map.copyOf(samples);
  }

  @Test
  void refusesTextThatCouldBreakOut() throws Exception {
    var tried = new TreeSet<String>();
    var accepted = new ArrayList<String>();
    for (var place : places().entrySet()) {
      var parameters = place.getKey().getParameterTypes();
      for (int i = 0; i < parameters.length; i++) {
        if (parameters[i] == String.class || parameters[i] == String[].class) {
          tried.add(name(place.getKey()));
          for (var injection : INJECTIONS) {
            if (!refuses(place.getKey(), place.getValue(), i, injection)) {
              accepted.add(name(place.getKey()) + " " + i + " " + injection.replace("\r\n", "|"));
            }
          }
          if (!refuses(place.getKey(), place.getValue(), i, null)) {
            accepted.add(name(place.getKey()) + " " + i + " null");
          }
        }
      }
    }

    assertThat(accepted).isEmpty();
    assertThat(tried)
        .hasSizeGreaterThan(40)
        .contains(
            "Builder.baseUrl",
            "Builder.userAgentSuffix",
            "Builder.apiKey",
            "Builder.token",
            "Builder.fleet",
            "OAuth.login",
            "ThingSpaceCredentials.tokens",
            "ReportRequest.filter",
            "UsageHistoryRequest.label",
            "SessionReportRequest.imei",
            "SeriesUsageRequest.marker");
  }

  /** Returns every method with a text parameter and its receiver. */
  private static Map<Executable, Object> places() throws Exception {
    var places = new LinkedHashMap<Executable, Object>();
    var none = new Object();
    for (var type : publicTypes()) {
      if (ClientBuilder.class.isAssignableFrom(type)) {
        var client = type.getEnclosingClass();
        put(places, type, client.getMethod("builder").invoke(null));
      }
    }
    for (var provider : Provider.values()) {
      var client = provider.open(Setup.of("https://localhost")).client();
      put(places, client.getClass(), client);
      for (var method : client.getClass().getMethods()) {
        if (ApiRequest.class.isAssignableFrom(method.getReturnType())) {
          var request = method.invoke(client, samples(method));
          put(places, request.getClass(), request);
        }
      }
    }
    put(places, ThingSpaceCredentials.OAuth.class, ThingSpaceCredentials.oauth("k", "s"));
    for (var type : publicTypes()) {
      if (SAMPLES.containsKey(type) && type.getPackageName().startsWith("io.simtally")) {
        for (var method : type.getMethods()) {
          if (Modifier.isStatic(method.getModifiers()) && !type.isEnum()) {
            places.put(method, none);
          }
        }
        if (type.isRecord()) {
          places.put(type.getConstructors()[0], none);
        }
      }
    }
    return places;
  }

  private static void put(Map<Executable, Object> places, Class<?> type, Object target) {
    for (var method : type.getMethods()) {
      // Bridge methods are duplicates, and Object's methods have no text parameters.
      if (!method.isBridge() && !Modifier.isStatic(method.getModifiers())) {
        places.putIfAbsent(method, target);
      }
    }
  }

  private static Set<Class<?>> publicTypes() {
    var types = new LinkedHashSet<Class<?>>();
    Published.classes().stream()
        .map(each -> each.reflect())
        .filter(type -> Modifier.isPublic(type.getModifiers()))
        .filter(type -> !Modifier.isAbstract(type.getModifiers()) || type.isInterface())
        .forEach(types::add);
    return types;
  }

  private static boolean refuses(
      Executable place, Object target, int index, @Nullable String injection) throws Exception {
    var arguments = samples(place);
    arguments[index] =
        place.getParameterTypes()[index] == String[].class
            ? new @Nullable String[] {injection}
            : injection;
    try {
      if (place instanceof Method method) {
        method.invoke(target, arguments);
      } else {
        ((Constructor<?>) place).newInstance(arguments);
      }
      return false;
    } catch (InvocationTargetException e) {
      assertThat(e.getCause()).as(name(place)).isExactlyInstanceOf(IllegalArgumentException.class);
      return true;
    }
  }

  private static Object[] samples(Executable place) {
    return Arrays.stream(place.getParameterTypes())
        .map(
            type -> {
              assertThat(SAMPLES).as("Provider needs a value for " + name(place)).containsKey(type);
              return SAMPLES.get(type);
            })
        .toArray();
  }

  private static String name(Executable place) {
    var type = place.getDeclaringClass().getSimpleName().replace("ClientBuilder", "Builder");
    return type + "." + place.getName().replaceAll(".*\\.", "");
  }
}
