package io.simtally.core;

import io.simtally.core.Transport.Http;
import io.simtally.core.auth.Auth;
import io.simtally.core.internal.CallHandle;
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
 * The settings that the builders of all clients share. Not thread-safe; the clients it builds are.
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

  /** Of the client whose settings these were, or null. */
  private @Nullable SharedResources shared;

  /**
   * For the provider modules.
   *
   * @param provider the name that errors, logs and events give the system, {@code thingspace-m2m}
   * @param defaultBaseUrl where the provider is reached unless {@link #baseUrl} says otherwise,
   *     without a slash at its end
   */
  protected ClientBuilder(String provider, String defaultBaseUrl) {
    this.provider = provider;
    this.baseUrl = HttpUrl.get(defaultBaseUrl);
  }

  /**
   * For the provider modules: the settings of another builder, and the connections of the client
   * that was built with them.
   *
   * @param settings what is copied
   * @param client whose connections are shared while it, or another client that shares them, is
   *     open
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
   * Where the provider is reached; the paths of its calls are appended.
   *
   * @param url an http or https URL; a slash at its end makes no difference
   * @return this builder
   * @throws IllegalArgumentException if it is no http or https URL, or has a user, query or
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
   * Sends through {@code client}: its interceptors, proxy, TLS settings, dispatcher, pool and
   * timeouts stay, and {@link #concurrency} has no effect. Its own interceptors run outside of ours
   * and see no credentials, nor the requests for tokens and their answers; its network interceptors
   * and its proxy see all of it. A cache of it is not used. It is not closed with this client.
   *
   * @param client what the calls are sent through
   * @return this builder
   * @throws IllegalArgumentException if it is null
   */
  public final B httpClient(OkHttpClient client) {
    httpClient = Preconditions.present("httpClient", client);
    return self();
  }

  /**
   * Limits a whole call, all its attempts and waits included. 60 seconds if not set.
   *
   * @param limit the longest that a call may take; more than a hundred years count as a hundred
   * @return this builder
   * @throws IllegalArgumentException if it is null or not positive
   */
  public final B timeout(Duration limit) {
    timeout = Preconditions.positive("timeout", limit);
    return self();
  }

  /**
   * Goes through a proxy, which sees what the network sees. The system's proxy settings apply if
   * not set. Without effect together with {@link #httpClient}, which has its own.
   *
   * @param through the proxy, or {@link Proxy#NO_PROXY} for none
   * @return this builder
   * @throws IllegalArgumentException if it is null
   */
  public final B proxy(Proxy through) {
    proxy = Preconditions.present("proxy", through);
    return self();
  }

  /**
   * Limits how long a connection may take to come about. 10 seconds if not set. Without effect
   * together with {@link #httpClient}, which has its own.
   *
   * @param limit the longest that one address of the host is tried
   * @return this builder
   * @throws IllegalArgumentException if it is null or not positive
   */
  public final B connectTimeout(Duration limit) {
    connectTimeout = Preconditions.positive("connectTimeout", limit);
    return self();
  }

  /**
   * How often failed attempts are repeated. {@link RetryPolicy#standard()} if not set.
   *
   * @param policy how often and how patiently, for all requests that do not say otherwise
   * @return this builder
   * @throws IllegalArgumentException if it is null
   */
  public final B retryPolicy(RetryPolicy policy) {
    retryPolicy = Preconditions.present("retryPolicy", policy);
    return self();
  }

  /**
   * How many requests are sent per second at most. No limit if not set.
   *
   * @param limit the limit, shared by all calls of the client
   * @return this builder
   * @throws IllegalArgumentException if it is null
   */
  public final B rateLimit(RateLimit limit) {
    rateLimit = Preconditions.present("rateLimit", limit);
    return self();
  }

  /**
   * Hears what the calls do, see {@link CallListener}. Nothing if not set.
   *
   * @param callListener whom to tell; {@link CallListener#all} tells several
   * @return this builder
   * @throws IllegalArgumentException if it is null
   */
  public final B listener(CallListener callListener) {
    listener = IsolatedListeners.of(List.of(Preconditions.present("listener", callListener)));
    return self();
  }

  /**
   * Appended to the header {@code User-Agent}, for example {@code acme-billing/3.1}.
   *
   * @param suffix the name and version of the program, in printable ASCII
   * @return this builder
   * @throws IllegalArgumentException if it is null, blank, holds a line break or is not ASCII
   */
  public final B userAgentSuffix(String suffix) {
    userAgentSuffix = Preconditions.headerText("userAgentSuffix", suffix);
    return self();
  }

  /**
   * How many asynchronous calls are under way at once, and how many idle connections are kept; more
   * calls wait in a queue. 64 if not set.
   *
   * @param calls how many, at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is not positive
   */
  public final B concurrency(int calls) {
    concurrency = (int) Preconditions.positive("concurrency", calls);
    return self();
  }

  /**
   * The largest answer that is read, decompressed; a larger one is refused. 64 MiB if not set.
   *
   * @param bytes the limit in bytes, at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is not positive
   */
  public final B maxBodyBytes(long bytes) {
    // One more byte than allowed is asked for, to see whether it is there.
    maxBodyBytes = Math.min(Preconditions.positive("maxBodyBytes", bytes), Long.MAX_VALUE - 1);
    return self();
  }

  /**
   * Keeps every answer as it came beside the typed one, see {@link ApiResponse#body()}, for example
   * to file it. Not kept if not set.
   *
   * @return this builder
   */
  public final B keepBody() {
    keepsBody = true;
    return self();
  }

  /**
   * Allows a base URL without TLS on another host than this one. Credentials then go in clear.
   *
   * @return this builder
   */
  public final B allowCleartext() {
    cleartextAllowed = true;
    return self();
  }

  /**
   * Takes the credentials and the base URL from the variables that the client's {@code fromEnv}
   * names; one that is not set, or blank, changes nothing.
   *
   * @param environment as {@link System#getenv()}
   * @return this builder
   * @throws IllegalStateException if credentials are missing that belong together; the message
   *     names the variables
   * @throws IllegalArgumentException if it is null, or a variable is set to what its setter refuses
   */
  public abstract B environment(Map<String, String> environment);

  /** {@return this builder, in its own type} */
  protected abstract B self();

  /** How a client's auth interceptor is made, once its base URL is known. */
  @FunctionalInterface
  protected interface AuthFactory {
    /**
     * Makes the interceptor.
     *
     * @param baseUrl the client's base URL: only its origin may get the credentials
     * @param calls sends requests as the client does, but without credentials or repetition
     * @return the interceptor, for this client alone
     */
    Auth create(HttpUrl baseUrl, Call.Factory calls);
  }

  /**
   * Builds what the client sends its calls through.
   *
   * @param authFactory makes the client's auth interceptor
   * @return a new handle, which the client has to close
   * @throws IllegalStateException if the base URL is cleartext and that is not allowed
   */
  protected final CallHandle transport(AuthFactory authFactory) {
    return transport(authFactory, Time.SYSTEM);
  }

  /** The same in a time of its own. */
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
   * Looks up a setting of the environment.
   *
   * @param environment as {@link System#getenv()}
   * @param name the variable
   * @return its value, or null if it is not set or blank
   * @throws IllegalArgumentException if the environment is null
   */
  protected static @Nullable String variable(Map<String, String> environment, String name) {
    var value = Preconditions.present("environment", environment).get(name);
    return value == null || value.isBlank() ? null : value;
  }

  private void requireNoCleartext() {
    if (!baseUrl.isHttps() && !isLoopback(baseUrl.host()) && !cleartextAllowed) {
      throw new IllegalStateException(
          "baseUrl is not https, so credentials would travel in clear; use allowCleartext() if that"
              + " is meant");
    }
  }

  /** A client that does nothing behind our back. */
  private static OkHttpClient plain(OkHttpClient.Builder client) {
    return client
        // OkHttp would carry custom token headers to the new host.
        .followRedirects(false)
        .followSslRedirects(false)
        // Every repetition is counted, waited for and paid from the budget: none in silence.
        .retryOnConnectionFailure(false)
        // It would keep answers, and Mason's with the key, where others find them.
        .cache(null)
        .build();
  }

  /** Token requests carry the credentials, so no application interceptor of the user's is there. */
  private static Call.Factory tokenCalls(OkHttpClient plain, String userAgent) {
    var tokens = plain.newBuilder();
    tokens.interceptors().clear();
    tokens.addInterceptor(
        chain ->
            NetworkInterceptor.visible(
                chain.proceed(
                    chain.request().newBuilder().header("User-Agent", userAgent).build())));
    tokens.addNetworkInterceptor(new NetworkInterceptor());
    // One that is no longer waited for may still be judged: its own timeout ends it.
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

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("::1")
        || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
  }
}
