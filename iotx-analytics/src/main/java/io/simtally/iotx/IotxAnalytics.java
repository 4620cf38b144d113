package io.simtally.iotx;

import io.simtally.core.ClientBuilder;
import io.simtally.core.auth.BearerAuth;
import io.simtally.core.auth.Secret;
import io.simtally.core.auth.TokenSource;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.Preconditions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Client of the IoT-X Analytics service. Immutable and thread-safe; make one and keep it.
 *
 * @see <a
 *     href="https://help.iot-x.com/api/reference/api-4-0-reference-documentation/4-0-analytics">4.0
 *     Analytics</a>
 */
public final class IotxAnalytics extends AnalyticsCalls implements AutoCloseable {
  private final Builder settings;

  private IotxAnalytics(CallHandle calls, Builder settings) {
    super(calls);
    this.settings = new Builder(settings, calls);
  }

  /**
   * {@return a builder of a client for {@code https://api.iot-x.com}, which needs a token or a
   * source of them yet}
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Builds a client from the environment: {@code IOTX_TOKEN}, and {@code IOTX_BASE_URL} if it is
   * set.
   *
   * @return a new client, to be closed by the caller
   * @throws IllegalStateException if the token is missing; the message names the variable
   * @throws IllegalArgumentException if a variable is set to what its setter refuses
   */
  public static IotxAnalytics fromEnv() {
    return fromEnv(System.getenv());
  }

  /**
   * The same from a map of the same names.
   *
   * @param environment as {@link System#getenv()}
   * @return a new client, to be closed by the caller
   * @throws IllegalStateException if the token is missing; the message names the variable
   * @throws IllegalArgumentException if it is null, or a variable is set to what its setter refuses
   */
  public static IotxAnalytics fromEnv(Map<String, String> environment) {
    return builder().environment(environment).build();
  }

  /**
   * Begins a client with the settings of this one, credentials included, which can be changed. It
   * shares the connections and threads of this client, if they are not the user's, and they are
   * released when the last client that shares them is closed: closing one ends its own calls only.
   * Calls are counted by each client for itself, for {@link ClientBuilder#concurrency} and {@link
   * ClientBuilder#rateLimit}. A token cannot be exchanged for a source of tokens, nor the other way
   * round.
   *
   * @return a builder with the settings of this client
   */
  public Builder toBuilder() {
    return new Builder(settings, calls);
  }

  /**
   * Ends the calls of this client and releases its connections and threads, unless another client
   * shares them; what the user brought stays as it is.
   */
  @Override
  public void close() {
    calls.close();
  }

  /** Never shows a credential. */
  @Override
  public String toString() {
    return "IotxAnalytics[" + calls.baseUrl() + "]";
  }

  /** The settings of a client. */
  public static final class Builder extends ClientBuilder<Builder> {
    private @Nullable Secret token;
    private @Nullable TokenSource tokenSource;

    private Builder() {
      super("iotx-analytics", "https://api.iot-x.com");
    }

    private Builder(Builder settings, CallHandle client) {
      super(settings, client);
      this.token = settings.token;
      this.tokenSource = settings.tokenSource;
    }

    /**
     * The bearer token to send for as long as the client lives. Either this or {@link #tokenSource}
     * is required.
     *
     * @param bearerToken the token as IoT-X gives it out, without {@code Bearer} before it, in
     *     ASCII
     * @return this builder
     * @throws IllegalArgumentException if it is null, blank, holds a line break or is not ASCII
     */
    public Builder token(String bearerToken) {
      token = Secret.ofHeader("token", bearerToken);
      return this;
    }

    /**
     * Where bearer tokens come from. IoT-X's tokens may last no longer than 15 minutes: the source
     * is asked for the first one, and once more each time one is refused; the refused call is then
     * repeated with the new one.
     *
     * @param source what obtains a token, by a login for example
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public Builder tokenSource(TokenSource source) {
      tokenSource = Preconditions.present("tokenSource", source);
      return this;
    }

    /**
     * Takes {@code IOTX_TOKEN} and {@code IOTX_BASE_URL} from the environment; one that is not set,
     * or blank, changes nothing.
     *
     * @param environment as {@link System#getenv()}
     * @return this builder
     * @throws IllegalArgumentException if it is null, or a variable is set to what its setter
     *     refuses
     */
    @Override
    public Builder environment(Map<String, String> environment) {
      var url = variable(environment, "IOTX_BASE_URL");
      if (url != null) {
        baseUrl(url);
      }
      var given = variable(environment, "IOTX_TOKEN");
      return given == null ? this : token(given);
    }

    /**
     * Builds the client.
     *
     * @return a new client with these settings, to be closed by the caller
     * @throws IllegalStateException if there is no credential, or two, or it would travel in clear
     */
    public IotxAnalytics build() {
      return new IotxAnalytics(transport(auth()), this);
    }

    private AuthFactory auth() {
      var fixed = token;
      var source = tokenSource;
      if (fixed != null && source != null) {
        throw new IllegalStateException(
            "IotxAnalytics has both token and tokenSource: call only one of token(...) and"
                + " tokenSource(...)");
      }
      if (fixed != null) {
        return (baseUrl, tokenCalls) -> BearerAuth.fixed(baseUrl, fixed);
      }
      if (source != null) {
        return (baseUrl, tokenCalls) -> BearerAuth.refreshing(baseUrl, source);
      }
      throw new IllegalStateException(
          "IotxAnalytics has no token: call token(...) or tokenSource(...), or use fromEnv() with"
              + " IOTX_TOKEN");
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
