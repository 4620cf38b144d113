package io.simtally.core.auth;

import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Mason's API key: {@code Authorization: basic <key>}, with a lower-case word and without Base64,
 * as <a href="https://docs.bymason.com/platform/api">the API page</a> documents.
 */
public final class BasicKeyAuth extends Auth {
  private final Secret key;

  /**
   * Sends {@code key} to {@code origin} only.
   *
   * @param origin a URL with the scheme, host and port that receive the key
   * @param key the API key, valid in a header
   * @throws IllegalArgumentException if one is null
   */
  public BasicKeyAuth(HttpUrl origin, Secret key) {
    super(origin);
    this.key = Preconditions.present("key", key);
  }

  @Override
  Response authorize(Chain chain, Request request) throws IOException {
    return chain.proceed(
        request.newBuilder().header("Authorization", "basic " + key.reveal()).build());
  }

  @Override
  List<Secret> secrets() {
    return List.of(key);
  }
}
