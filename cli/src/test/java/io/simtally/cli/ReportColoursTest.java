package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the contrast of the page's colours by the formula of WCAG 2.2. */
class ReportColoursTest {
  private static final double FOR_TEXT = 4.5;
  private static final double FOR_BARS = 3;
  private static final List<String> TEXTS = List.of("text", "quiet");
  private static final List<String> BARS =
      List.of("c0", "c1", "c2", "c3", "c4", "accent", "median");

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void textIsReadableOnEveryGround(String scheme) {
    var colours = colours(scheme);
    for (var ground : List.of("page", "card")) {
      for (var text : TEXTS) {
        assertThat(contrast(colours.get(text), colours.get(ground)))
            .as("%s on %s, %s", text, ground, scheme)
            .isGreaterThanOrEqualTo(FOR_TEXT);
      }
    }
    for (var ground : List.of("notice-back", "alert-back")) {
      assertThat(contrast(colours.get("text"), colours.get(ground)))
          .as("text on %s, %s", ground, scheme)
          .isGreaterThanOrEqualTo(FOR_TEXT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void barsStandOutFromTheCard(String scheme) {
    var colours = colours(scheme);
    for (var bar : BARS) {
      assertThat(contrast(colours.get(bar), colours.get("card")))
          .as("%s on card, %s", bar, scheme)
          .isGreaterThanOrEqualTo(FOR_BARS);
    }
  }

  /** The dark colours follow the light ones in the file and replace them. */
  private static Map<String, String> colours(String scheme) {
    var style = Resource.text("fleet-report.css");
    var dark = style.indexOf("prefers-color-scheme: dark");
    assertThat(dark).isPositive();
    var part = scheme.equals("dark") ? style.substring(dark) : style.substring(0, dark);
    var colours = new LinkedHashMap<String, String>();
    Pattern.compile("--([a-z0-9-]+): (#[0-9a-f]{6})")
        .matcher(part)
        .results()
        .forEach(each -> colours.put(each.group(1), each.group(2)));
    return colours;
  }

  private static double contrast(String one, String other) {
    var luminances = new double[] {luminance(one), luminance(other)};
    Arrays.sort(luminances);
    return (luminances[1] + 0.05) / (luminances[0] + 0.05);
  }

  private static double luminance(String colour) {
    return 0.2126 * linear(colour, 1) + 0.7152 * linear(colour, 3) + 0.0722 * linear(colour, 5);
  }

  private static double linear(String colour, int start) {
    var value = Integer.parseInt(colour.substring(start, start + 2), 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
