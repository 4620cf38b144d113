package io.simtally.core.auth;

import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** Alef's API key: the query parameter {@code apikey} of every request. */
public final class QueryKeyAuth extends Auth {
  private final String parameter;
  private final Secret key;

  /**
   * Sends {@code key} as a query parameter, to {@code origin} only.
   *
   * @param origin a URL with the scheme, host and port that receive the key
   * @param parameter the name of the query parameter, not yet encoded
   * @param key the API key, not yet encoded
   * @throws IllegalArgumentException if one is null, or the name is blank or holds a line break
   */
  public QueryKeyAuth(HttpUrl origin, String parameter, Secret key) {
    super(origin);
    this.parameter = Preconditions.text("parameter", parameter);
    this.key = Preconditions.present("key", key);
  }

  @Override
  Response authorize(Chain chain, Request request) throws IOException {
    var url = request.url().newBuilder().setQueryParameter(parameter, key.reveal()).build();
    return chain.proceed(request.newBuilder().url(url).build());
  }

  @Override
  List<Secret> secrets() {
    return List.of(key);
  }
}
