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
 * Client of the IoT-X Analytics service. Immutable and thread-safe; create one per program and
 * reuse it.
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
   * {@return a builder for {@code https://api.iot-x.com}; a token or a source of tokens is
   * required}
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
   * {@return a client as {@link #fromEnv()} builds it, from a map of the same names}
   *
   * @param environment the variables, as {@link System#getenv()}
   */
  public static IotxAnalytics fromEnv(Map<String, String> environment) {
    return builder().environment(environment).build();
  }

  /**
   * Returns a builder with the settings of this client, credentials included. The new client shares
   * connections and threads with this one, unless they are the user's; closing the last client
   * releases them. Concurrency and rate limit count per client. A token cannot be exchanged for a
   * source of tokens, or the reverse.
   *
   * @return a builder with the settings of this client
   */
  public Builder toBuilder() {
    return new Builder(settings, calls);
  }

  /**
   * Cancels the calls of this client and releases its connections and threads, unless they are the
   * user's or another client shares them.
   */
  @Override
  public void close() {
    calls.close();
  }

  /** Returns the class and the base URL, without credentials. */
  @Override
  public String toString() {
    return "IotxAnalytics[" + calls.baseUrl() + "]";
  }

  /**
   * Builder of a client. Each setter throws an {@link IllegalArgumentException} if its argument is
   * null, blank or holds a line break.
   */
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
     * Sets a fixed bearer token. This or {@link #tokenSource} is required.
     *
     * @param bearerToken the token as IoT-X issues it, without {@code Bearer}, in ASCII
     * @return this builder
     */
    public Builder token(String bearerToken) {
      token = Secret.ofHeader("token", bearerToken);
      return this;
    }

    /**
     * Sets a source of bearer tokens. IoT-X's tokens may last no longer than 15 minutes. The source
     * is asked for the first token and again each time a token is refused; the refused call is then
     * repeated with the new token.
     *
     * @param source obtains a token, for example by a login
     * @return this builder
     */
    public Builder tokenSource(TokenSource source) {
      tokenSource = Preconditions.present("tokenSource", source);
      return this;
    }

    /**
     * Reads {@code IOTX_TOKEN} and {@code IOTX_BASE_URL} from the environment; a variable that is
     * not set, or blank, changes nothing.
     *
     * @param environment as {@link System#getenv()}
     * @return this builder
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
     * {@return a new client with these settings, to be closed by the caller}
     *
     * @throws IllegalStateException if there is no credential, or two, or it would be sent over
     *     plain HTTP
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
        return (baseUrl, tokenCalls) -> BearerAuth.renewing(baseUrl, source);
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
