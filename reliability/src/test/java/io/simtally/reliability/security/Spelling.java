package io.simtally.reliability.security;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import okio.Buffer;

/** The forms in which a server may repeat a text. */
enum Spelling {
  PLAIN {
    @Override
    String of(String secret) {
      return secret;
    }
  },
  FORM {
    @Override
    String of(String secret) {
      return URLEncoder.encode(secret, StandardCharsets.UTF_8);
    }
  },
  QUERY {
    @Override
    String of(String secret) {
      var url = new HttpUrl.Builder().scheme("https").host("x").addQueryParameter("q", secret);
      return String.valueOf(url.build().encodedQuery()).substring(2);
    }
  },
  PERCENT {
    @Override
    String of(String secret) {
      var bytes = secret.getBytes(StandardCharsets.UTF_8);
      var percent = new StringBuilder();
      for (var b : bytes) {
        percent.append(String.format("%%%02x", b));
      }
      return percent.toString();
    }
  },
  JSON {
    @Override
    String of(String secret) {
      return json(secret);
    }
  },
  JSON_WITH_SLASHES {
    @Override
    String of(String secret) {
      return json(secret).replace("/", "\\/");
    }
  },
  JSON_IN_JSON {
    @Override
    String of(String secret) {
      return json(json(secret));
    }
  },
  JSON_UNICODE {
    @Override
    String of(String secret) {
      return secret
          .chars()
          .mapToObj(c -> String.format("\\u%04x", c))
          .collect(Collectors.joining());
    }
  },
  HTML {
    @Override
    String of(String secret) {
      return secret
          .replace("&", "&amp;")
          .replace("<", "&lt;")
          .replace("\"", "&quot;")
          .replace("'", "&#39;");
    }
  };

  abstract String of(String secret);

  private static String json(String text) {
    var buffer = new Buffer();
    try (var writer = JsonWriter.of(buffer)) {
      writer.setLenient(true);
      writer.value(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    var quoted = buffer.readUtf8();
    return quoted.substring(1, quoted.length() - 1);
  }
}
