package io.simtally.fleet.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.fleet.contract.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  private static final Pattern ID =
      Pattern.compile("`((?:iotx|mason|alef|m2m|hyper-precise)-[a-z0-9-]+)`");

  @Test
  void theDocumentationListsAllQuestions() throws IOException {
    // Tests run in the folder of their module.
    var documentation = Files.readString(Path.of("../docs/providers.md"));

    var ids =
        ServiceCheck.services(Map.of()).stream()
            .flatMap(service -> service.contract().questions().stream())
            .map(Question::id)
            .toList();

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ID.matcher(documentation).results().map(id -> group(id)).distinct())
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  private static String group(MatchResult id) {
    return id.group(1);
  }
}
