package io.simtally.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SecretTest {
  private static final String SIGN = "██";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p/=+\"a\\ é&<😀",
        "p\\/=+\\\"a\\\\ é&<😀",
        "p\\u002F\\u003d\\u002B\\u0022a\\u005c\\u0020\\u00e9\\u0026\\u003C\\uD83D\\uDE00",
        "p\\\\/=+\\\\\\\"a\\\\\\\\ é&<😀",
        "\\u0070/=+\\\\u0022a\\\\u005c é&<\\\\ud83d\\\\ude00",
        "p%2F%3D%2B%22a%5C+%C3%A9%26%3C%F0%9F%98%80",
        "p%2f%3d%2b%22a%5c%20%c3%a9%26%3c%f0%9f%98%80",
        "%70%2f%3d%2b%22%61%5c%20%c3%a9%26%3c%f0%9f%98%80",
        "p/%3D+%22a%5C%20é&%3C😀",
        "p/=+&quot;a\\ &#233;&amp;&lt;&#128512;",
        "p/=+&#34;a&#x5C; &#xE9;&#x26;&#X3c;&#x1F600;"
      })
  void isRedactedHoweverItIsSpelled(String spelled) {
    var secret = Secret.of("secret", "p/=+\"a\\ é&<😀");

    assertThat(redacted(secret, spelled)).isEqualTo(SIGN);
    assertThat(redacted(secret, "x" + spelled + "y" + spelled)).isEqualTo("x" + SIGN + "y" + SIGN);
  }

  /** Characters of two, three and four bytes in UTF-8, and the first and last of each length. */
  @ParameterizedTest
  @CsvSource({
    "\u00e9, %C3%A9, \\u00e9, &#233;",
    "\u07ff, %DF%BF, \\u07ff, &#x7ff;",
    "\u0800, %E0%A0%80, \\u0800, &#2048;",
    "\u20ac, %E2%82%AC, \\u20ac, &#x20ac;",
    "\uffee, %EF%BF%AE, \\uffee, &#65518;",
    "\ud800\udc00, %F0%90%80%80, \\ud800\\udc00, &#65536;",
    "\ud83d\ude00, %F0%9F%98%80, \\ud83d\\ude00, &#x1F600;",
    "\udbff\udfff, %F4%8F%BF%BF, \\udbff\\udfff, &#x10FFFF;"
  })
  void isRedactedHoweverManyBytesItsCharactersTake(
      String character, String percent, String json, String html) {
    for (var place : List.of("%sword", "wo%srd", "word%s")) {
      var secret = Secret.of("secret", place.formatted(character));
      for (var spelled : List.of(percent, json, html)) {
        assertThat(redacted(secret, place.formatted(spelled))).isEqualTo(SIGN);
        assertThat(redacted(secret, place.formatted(spelled.toLowerCase(Locale.ROOT))))
            .isEqualTo(SIGN);
        assertThat(redacted(secret, "x" + place.formatted(spelled) + "y"))
            .isEqualTo("x" + SIGN + "y");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&#115;ecret",
        "se&#0000099;ret",
        "se&#x000063;ret",
        "secre&#x000074;",
        "\\u0073ecret",
        "\\\\u0073ecret",
        "\\\\secret",
        "%73ecret"
      })
  void isRedactedFromItsFirstCharacterToItsLast(String spelled) {
    assertThat(redacted(Secret.of("secret", "secret"), spelled)).isEqualTo(SIGN);
  }

  @ParameterizedTest
  @CsvSource({
    "word'n>gap, word&apos;n&gt;gap",
    "word'n>gap, word&#39;n&#62;gap",
    "100%25+1, 100%25+1",
    "100%25+1, 100%2525%2B1",
    "&amp;&x, &amp;&x",
    "&amp;&x, &amp;amp;&amp;x",
    "\\uuu, \\uuu",
    "a\\\\b, a\\\\b",
    "a\\\\bc, a\\\\\\\\bc",
    "nope, nop\\u0065"
  })
  void isRedactedAlsoWhereItLooksLikeASpellingItself(String secret, String spelled) {
    assertThat(redacted(Secret.of("secret", secret), "<" + spelled + ">"))
        .isEqualTo("<" + SIGN + ">");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secre",
        "ecret",
        "sec ret",
        "Secret",
        "se%6",
        "se%6gret",
        "se&#99",
        "se&#99999999;ret",
        "se&nbsp;ret",
        "se&#x;ret",
        "se&#xfffffff;ret",
        "se\\u006",
        "se\\u00zzret",
        "seu0063ret",
        "se\\",
        "se%",
        "&",
        "100 % + & ; \\ é",
        "&€€€€€€€€;"
      })
  void leavesOtherWordsAlone(String text) {
    assertThat(redacted(Secret.of("secret", "secret"), text)).isEqualTo(text);
  }

  @Test
  void leavesAWordAloneThatIsTooShortToBeTold() {
    assertThat(redacted(Secret.of("secret", "abc"), "abc")).isEqualTo("abc");
    assertThat(redactedCut(Secret.of("secret", "abc"), "xabc")).isEqualTo("xabc");
    assertThat(redacted(Secret.of("secret", "abcd"), "abcd")).isEqualTo(SIGN);
    assertThat(redactedCut(Secret.of("secret", "abcd"), "xabcd")).isEqualTo("x" + SIGN);
  }

  @ParameterizedTest
  @CsvSource({
    "x secr, x ██",
    "x secre, x ██",
    "x sec\\u0072, x ██",
    "x secr\\u00, x ██",
    "x secr%6, x ██",
    "x secr&#1, x ██",
    "x secr\uFFFD, x ██",
    "x sec%7, x sec%7",
    "secret secr, ██ ██",
    "x sec, x sec",
    "secr x, secr x",
    "x secrX, x secrX"
  })
  void itsBeginningIsRedactedAtTheEndOfACutText(String text, String redacted) {
    assertThat(redactedCut(Secret.of("secret", "secret"), text)).isEqualTo(redacted);
    assertThat(redacted(Secret.of("secret", "secret"), "x secre")).isEqualTo("x secre");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x abcd%F0%9F%98",
        "x abcd%25F0%259F%2598%25",
        "x abcd%25F0%259F%2598%258",
        "x abcd%2525F0%25259F%252598%25258",
        "x abcd\\\\ud83d\\\\ude0"
      })
  void itsBeginningIsRedactedAlsoWhereItIsCutInACharacterOfFourBytes(String text) {
    assertThat(redactedCut(Secret.of("secret", "abcd\uD83D\uDE00ef"), text)).isEqualTo("x " + SIGN);
  }

  @Test
  void leavesWhatComesAfterItAndIsNoEscape() {
    var secret = Secret.of("secret", "secret+word");

    assertThat(redactedCut(secret, "{\"message\": \"secret+word\"}"))
        .isEqualTo("{\"message\": \"" + SIGN + "\"}");
    assertThat(redactedCut(secret, "secret+word, %41")).isEqualTo(SIGN + ", %41");
  }

  @Test
  void itsBeginningIsRedactedAlsoWhereItIsCutInWhatLooksLikeASpelling() {
    assertThat(redactedCut(Secret.of("secret", "ab&#x;cd"), "x ab&#x")).isEqualTo("x " + SIGN);
  }

  @Test
  void takesTimeInProportionToTheText() {
    var backslashes = "\\".repeat(4 << 20) + "secre";
    var escapes = "%25".repeat(1 << 20) + "&#".repeat(1 << 20) + "\\u".repeat(1 << 20);

    assertThat(redacted(Secret.of("secret", "secret"), backslashes)).isEqualTo(backslashes);
    assertThat(redacted(Secret.of("secret", "secret"), escapes)).isEqualTo(escapes);
    assertThat(redactedCut(Secret.of("secret", "secret"), backslashes)).endsWith(SIGN);
  }

  private static String redacted(Secret secret, String text) {
    return SecretRedaction.of(List.of(secret)).redact(text);
  }

  private static String redactedCut(Secret secret, String text) {
    return SecretRedaction.of(List.of(secret)).redactTruncated(text);
  }

  @Test
  void isNeverPrinted() {
    assertThat(Secret.of("secret", "hunter2")).hasToString(SIGN);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "a\nb", "a\rb", "a\u0000b", "a\u0085b", "a\u007fb"})
  void refusesWhatCouldBreakOutOfAHeader(String value) {
    assertThatThrownBy(() -> Secret.of("the word", value))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the word ");
    assertThatThrownBy(() -> Secret.ofHeader("the word", value))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the word ");
  }

  @Test
  void refusesANonAsciiHeaderAndNamesThePlaceOnly() {
    assertThat(Secret.of("the word", "pä").reveal()).isEqualTo("pä");
    assertThatThrownBy(() -> Secret.ofHeader("the word", "pä"))
        .hasMessage("the word holds a non-ASCII character at index 1");
  }
}
