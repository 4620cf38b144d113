package io.simtally.core;

import io.simtally.core.Transport.Http;
import io.simtally.core.auth.Auth;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.Cleartext;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.Time;
import io.simtally.core.internal.http.SharedResources;
import io.simtally.core.internal.http.UserAgent;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The settings that the builders of all clients share. Not thread-safe; the clients are. Every
 * setter throws an {@link IllegalArgumentException} if its argument is null.
 *
 * @param <B> the builder's own type, which its setters return
 */
public abstract class ClientBuilder<B extends ClientBuilder<B>> {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final String provider;
  private HttpUrl baseUrl;
  private @Nullable OkHttpClient httpClient;
  private @Nullable Proxy proxy;
  private Duration connectTimeout = CONNECT_TIMEOUT;
  private Duration timeout = Duration.ofSeconds(60);
  private RetryPolicy retryPolicy = RetryPolicy.standard();
  private @Nullable RateLimit rateLimit;
  private CallListener listener = CallListener.NONE;
  private @Nullable String userAgentSuffix;
  private int concurrency = 64;
  private long maxBodyBytes = 64L << 20;
  private boolean cleartextAllowed;
  private boolean keepsBody;

  /** The resources of the client whose settings were copied, or null. */
  private @Nullable SharedResources shared;

  /**
   * For the provider modules.
   *
   * @param provider the name of the provider in errors, logs and events, {@code thingspace-m2m}
   * @param defaultBaseUrl the default of {@link #baseUrl}, without a slash at its end
   */
  protected ClientBuilder(String provider, String defaultBaseUrl) {
    this.provider = provider;
    this.baseUrl = HttpUrl.get(defaultBaseUrl);
  }

  /**
   * For the provider modules: copies the settings of another builder, and shares the connections of
   * its client.
   *
   * @param settings the builder to copy
   * @param client the client that was built with {@code settings}; its connections stay open while
   *     any client that shares them is open
   */
  protected ClientBuilder(ClientBuilder<B> settings, CallHandle client) {
    this.provider = settings.provider;
    this.baseUrl = settings.baseUrl;
    this.httpClient = settings.httpClient;
    this.proxy = settings.proxy;
    this.connectTimeout = settings.connectTimeout;
    this.timeout = settings.timeout;
    this.retryPolicy = settings.retryPolicy;
    this.rateLimit = settings.rateLimit;
    this.listener = settings.listener;
    this.userAgentSuffix = settings.userAgentSuffix;
    this.concurrency = settings.concurrency;
    this.maxBodyBytes = settings.maxBodyBytes;
    this.cleartextAllowed = settings.cleartextAllowed;
    this.keepsBody = settings.keepsBody;
    this.shared = RequestContext.of(client).transport().connections();
  }

  /**
   * Sets the base URL of all calls.
   *
   * @param url an http or https URL; a slash at its end makes no difference
   * @return this builder
   * @throws IllegalArgumentException if the URL is not http or https, or has a user, query or
   *     fragment
   */
  public final B baseUrl(String url) {
    var parsed = HttpUrl.parse(Preconditions.text("baseUrl", url));
    if (parsed == null) {
      throw new IllegalArgumentException("baseUrl is not an http or https URL");
    }
    if (!parsed.username().isEmpty()
        || !parsed.password().isEmpty()
        || parsed.query() != null
        || parsed.fragment() != null) {
      throw new IllegalArgumentException("baseUrl has a user, a query or a fragment");
    }
    baseUrl = withoutLastSlash(parsed);
    return self();
  }

  /**
   * Sends calls through {@code client}. Its interceptors, proxy, TLS settings, dispatcher, pool and
   * timeouts apply, and {@link #concurrency} has no effect. Its application interceptors see
   * neither credentials nor token requests; its network interceptors and its proxy see both. Its
   * cache is not used. Closing the Simtally client does not close it.
   *
   * @param client the HTTP client
   * @return this builder
   */
  public final B httpClient(OkHttpClient client) {
    httpClient = Preconditions.present("httpClient", client);
    return self();
  }

  /**
   * Sets the longest duration of a call, all attempts and waits included. The default is 60
   * seconds.
   *
   * @param limit the timeout, at most a hundred years
   * @return this builder
   * @throws IllegalArgumentException if the limit is not positive
   */
  public final B timeout(Duration limit) {
    timeout = Preconditions.positive("timeout", limit);
    return self();
  }

  /**
   * Sets the proxy, which sees what the network sees. The default is the system's proxy. An {@link
   * #httpClient} uses its own proxy instead.
   *
   * @param through the proxy, or {@link Proxy#NO_PROXY}
   * @return this builder
   */
  public final B proxy(Proxy through) {
    proxy = Preconditions.present("proxy", through);
    return self();
  }

  /**
   * Sets the longest duration of connecting. The default is 10 seconds. An {@link #httpClient} uses
   * its own timeout instead.
   *
   * @param limit the timeout for one address of the host
   * @return this builder
   * @throws IllegalArgumentException if the limit is not positive
   */
  public final B connectTimeout(Duration limit) {
    connectTimeout = Preconditions.positive("connectTimeout", limit);
    return self();
  }

  /**
   * Sets the retries of failed attempts. The default is {@link RetryPolicy#standard()}.
   *
   * @param policy the policy of all requests that set none
   * @return this builder
   */
  public final B retryPolicy(RetryPolicy policy) {
    retryPolicy = Preconditions.present("retryPolicy", policy);
    return self();
  }

  /**
   * Sets the largest number of requests per second. The default is no limit.
   *
   * @param limit the limit of all calls of the client together
   * @return this builder
   */
  public final B rateLimit(RateLimit limit) {
    rateLimit = Preconditions.present("rateLimit", limit);
    return self();
  }

  /**
   * Sets the listener of all calls. The default is none.
   *
   * @param callListener the listener; {@link CallListener#all} combines several
   * @return this builder
   */
  public final B listener(CallListener callListener) {
    listener = IsolatedListeners.of(List.of(Preconditions.present("listener", callListener)));
    return self();
  }

  /**
   * Appends a text to the header {@code User-Agent}, for example {@code acme-billing/3.1}.
   *
   * @param suffix the name and version of the program, in printable ASCII
   * @return this builder
   * @throws IllegalArgumentException if the suffix is blank, contains a line break or is not ASCII
   */
  public final B userAgentSuffix(String suffix) {
    userAgentSuffix = Preconditions.headerText("userAgentSuffix", suffix);
    return self();
  }

  /**
   * Sets the number of concurrent asynchronous calls and of idle connections. Further calls wait in
   * a queue. The default is 64.
   *
   * @param calls the number, at least 1
   * @return this builder
   * @throws IllegalArgumentException if the number is not positive
   */
  public final B concurrency(int calls) {
    concurrency = (int) Preconditions.positive("concurrency", calls);
    return self();
  }

  /**
   * Sets the largest decompressed size of an answer. A larger answer fails the call. The default is
   * 64 MiB.
   *
   * @param bytes the limit in bytes, at least 1
   * @return this builder
   * @throws IllegalArgumentException if the number is not positive
   */
  public final B maxBodyBytes(long bytes) {
    // The client asks for one more byte, to detect a larger answer.
    maxBodyBytes = Math.min(Preconditions.positive("maxBodyBytes", bytes), Long.MAX_VALUE - 1);
    return self();
  }

  /**
   * Keeps the body of every answer beside the typed answer, see {@link ApiResponse#body()}, for
   * example to archive it. The default is off.
   *
   * @return this builder
   */
  public final B keepBody() {
    keepsBody = true;
    return self();
  }

  /**
   * Allows a base URL without TLS on a remote host. The client then sends credentials unencrypted.
   *
   * @return this builder
   */
  public final B allowCleartext() {
    cleartextAllowed = true;
    return self();
  }

  /**
   * Sets the credentials and the base URL from the variables that the client's {@code fromEnv}
   * names. A missing or blank variable changes nothing.
   *
   * @param environment the variables, as in {@link System#getenv()}
   * @return this builder
   * @throws IllegalStateException if the credentials are incomplete; the message names the
   *     variables
   * @throws IllegalArgumentException if a setter rejects the value of its variable
   */
  public abstract B environment(Map<String, String> environment);

  /** {@return this builder, in its own type} */
  protected abstract B self();

  /** Creates the auth interceptor of a client. */
  @FunctionalInterface
  protected interface AuthFactory {
    /**
     * Creates the interceptor.
     *
     * @param baseUrl the client's base URL: only its origin receives the credentials
     * @param calls sends requests without credentials and retries
     * @return a new interceptor
     */
    Auth create(HttpUrl baseUrl, Call.Factory calls);
  }

  /**
   * Builds the handle that a client sends its calls through.
   *
   * @param authFactory creates the auth interceptor
   * @return a new handle, which the client must close
   * @throws IllegalStateException if the base URL has no TLS and {@link #allowCleartext} was not
   *     called
   */
  protected final CallHandle transport(AuthFactory authFactory) {
    return transport(authFactory, Time.SYSTEM);
  }

  /** Builds the handle with a clock of a test. */
  final CallHandle transport(AuthFactory authFactory, Time time) {
    requireNoCleartext();
    var given = httpClient;
    var own = given == null ? connections() : null;
    var userAgent = UserAgent.of(provider, userAgentSuffix);
    var plain = plain(own == null ? Objects.requireNonNull(given).newBuilder() : ownClient(own));
    var auth = authFactory.create(baseUrl, tokenCalls(plain, userAgent));
    var client =
        CallChain.insert(
            plain,
            auth,
            time,
            new RetryBudget(provider),
            rateLimit == null ? null : new RateLimiter(rateLimit, time),
            maxBodyBytes,
            own != null);
    var http = new Http(client, !plain.interceptors().isEmpty(), own);
    var transport =
        new Transport(provider, baseUrl, userAgent, http, listener, new Failures(auth, time), time);
    return RequestContext.of(
        transport, new CallSettings(timeout, retryPolicy, Headers.EMPTY, keepsBody));
  }

  /**
   * Returns the value of a variable.
   *
   * @param environment the variables, as in {@link System#getenv()}
   * @param name the variable
   * @return the value, or null if the variable is missing or blank
   * @throws IllegalArgumentException if the environment is null
   */
  protected static @Nullable String variable(Map<String, String> environment, String name) {
    var value = Preconditions.present("environment", environment).get(name);
    return value == null || value.isBlank() ? null : value;
  }

  private void requireNoCleartext() {
    if (!cleartextAllowed && Cleartext.exposesCredentials(baseUrl)) {
      throw new IllegalStateException(
          "baseUrl is not https, so credentials would travel in clear; use allowCleartext() if that"
              + " is meant");
    }
  }

  /** Disables what OkHttp does without our retry policy, deadline and log. */
  private static OkHttpClient plain(OkHttpClient.Builder client) {
    return client
        // OkHttp would send custom token headers to the new host.
        .followRedirects(false)
        .followSslRedirects(false)
        // Every retry counts, waits and costs budget: OkHttp sends none by itself.
        .retryOnConnectionFailure(false)
        // A cache would store answers, with Mason's key among them, where other code finds them.
        .cache(null)
        .build();
  }

  /** Token requests carry credentials, so no application interceptor of the user sees them. */
  private static Call.Factory tokenCalls(OkHttpClient plain, String userAgent) {
    var tokens = plain.newBuilder();
    tokens.interceptors().clear();
    tokens.addInterceptor(
        chain ->
            NetworkInterceptor.visible(
                chain.proceed(
                    chain.request().newBuilder().header("User-Agent", userAgent).build())));
    tokens.addNetworkInterceptor(new NetworkInterceptor());
    // The server may still process a login that no call waits for: the login's own timeout ends it.
    tokens.readTimeout(Duration.ZERO);
    return tokens.build();
  }

  private SharedResources connections() {
    return shared != null && shared.share() ? shared : new SharedResources(provider, concurrency);
  }

  private OkHttpClient.Builder ownClient(SharedResources own) {
    return own.client(concurrency)
        .connectTimeout(
            Math.min(connectTimeout.toMillis(), Integer.MAX_VALUE), TimeUnit.MILLISECONDS)
        .readTimeout(ReadTimeoutStep.millis(timeout), TimeUnit.MILLISECONDS)
        .proxy(proxy);
  }

  private static HttpUrl withoutLastSlash(HttpUrl url) {
    var last = url.pathSize() - 1;
    return url.pathSegments().get(last).isEmpty() && last > 0
        ? url.newBuilder().removePathSegment(last).build()
        : url;
  }
}
