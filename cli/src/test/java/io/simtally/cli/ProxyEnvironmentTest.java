package io.simtally.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyEnvironmentTest {
  @TempDir private Path directory;

  @Test
  void readsTheProxiesAsOtherProgramsDo() {
    var proxies =
        ProxyEnvironment.of(
            Map.of(
                "HTTPS_PROXY", "http://jane:p%40ss+word@proxy.example.com:3128/",
                "http_proxy", "other.example.com",
                "NO_PROXY", "internal.example.com, .corp"));

    assertThat(proxies.https())
        .isEqualTo(new ProxyEnvironment.Proxy("proxy.example.com", 3128, "jane", "p@ss+word"));
    assertThat(proxies.http())
        .isEqualTo(new ProxyEnvironment.Proxy("other.example.com", 80, null, null));
    assertThat(proxies.nonProxyHosts())
        .isEqualTo("localhost|127.*|[::1]|internal.example.com|*.internal.example.com|*.corp");
    assertThat(proxies.toString()).doesNotContain("p@ss", "jane");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"socks5://me:s3cr3t@proxy:1080", "http://me:s3 cr3t@proxy", "http://me:s3%zz@p"})
  void refusesOtherUrlsWithoutShowingThem(String url) {
    assertThatThrownBy(() -> ProxyEnvironment.of(Map.of("HTTPS_PROXY", url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("HTTPS_PROXY is no URL such as ")
        .hasMessageNotContaining("s3")
        .hasNoCause();
  }

  @Test
  void sendsThePasswordToAProxyThatRequiresIt() throws Exception {
    var connects = check("me:p%40ss");

    assertThat(connects)
        .containsExactly(
            "CONNECT mason.invalid:443 null",
            "CONNECT mason.invalid:443 Basic "
                + Base64.getEncoder().encodeToString("me:p@ss".getBytes(ISO_8859_1)));
    assertThat(Files.readString(directory.resolve("out")))
        .contains("the proxy refuses the user or the password (407)")
        .doesNotContain("p@ss");
  }

  @Test
  void reportsAProxyThatRequiresAPassword() throws Exception {
    assertThat(check(null)).containsExactly("CONNECT mason.invalid:443 null");
    assertThat(Files.readString(directory.resolve("out")))
        .contains("the proxy asks for a password (407)")
        .contains("HTTPS_PROXY=http://user:password@host:port")
        .doesNotContain("does not answer");
  }

  /**
   * Runs a check through a proxy that refuses every request, and returns the requests that the
   * proxy received.
   */
  private List<String> check(@Nullable String userInfo) throws Exception {
    var connects = new CopyOnWriteArrayList<String>();
    try (var proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var thread = new Thread(() -> refuse(proxy, connects));
      thread.setDaemon(true);
      thread.start();
      var environment = new HashMap<String, String>();
      environment.put("MASON_API_KEY", "a-key");
      environment.put("MASON_BASE_URL", "https://mason.invalid/");
      environment.put(
          "HTTPS_PROXY",
          "http://"
              + (userInfo == null ? "" : userInfo + "@")
              + "127.0.0.1:"
              + proxy.getLocalPort());
      var process =
          ChildCommand.of(environment, "check", "--yes")
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("out").toFile())
              .start();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(directory.resolve("out"))).isEqualTo(1);
    }
    return connects;
  }

  private static void refuse(ServerSocket proxy, List<String> connects) {
    while (!proxy.isClosed()) {
      try (var connection = proxy.accept()) {
        var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
          String login = null;
          var request = line;
          for (line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Proxy-Authorization: ")) {
              login = line.substring("Proxy-Authorization: ".length());
            }
          }
          connects.add(request.replace(" HTTP/1.1", "") + " " + login);
          connection
              .getOutputStream()
              .write(
                  ("HTTP/1.1 407 Proxy Authentication Required\r\n"
                          + "Proxy-Authenticate: Basic realm=\"office\"\r\n"
                          + "Content-Length: 0\r\n\r\n")
                      .getBytes(ISO_8859_1));
        }
      } catch (IOException closed) {
        // The next connection, or the end of the test.
      }
    }
  }
}
