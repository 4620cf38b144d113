package io.simtally.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

class CallSpecTest {
  private static final HttpUrl BASE = HttpUrl.get("https://api.example.com/v1");

  @Test
  void fillsInEachPlaceByItsName() {
    var call = CallSpecBuilder.of("GET /{fleet}/sims/{fleetId}").path("fleetId", "b/c");

    assertThat(url(call.path("fleet", "a d")))
        .hasToString("https://api.example.com/v1/a%20d/sims/b%2Fc");
  }

  @Test
  void hasNoAddressBeforeItsPathIsFilledIn() {
    var call = CallSpecBuilder.of("GET /{fleet}/sims").path("fleetId", "a");

    assertThatThrownBy(() -> url(call))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("GET /{fleet}/sims has nothing for {fleet}");
  }

  @Test
  void leavesOutWhatIsNotSetAndEncodesTheRest() {
    var call = CallSpecBuilder.of("GET /sims").query("after", null).query("marker", "a&b=c+d");

    assertThat(url(call)).hasToString("https://api.example.com/v1/sims?marker=a%26b%3Dc%2Bd");
  }

  private static HttpUrl url(CallSpecBuilder call) {
    return call.build(reader -> reader).url(BASE);
  }
}
