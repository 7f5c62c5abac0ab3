package nl.praatmetjeboekhouding.dirk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksTest {

  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)");

  @TempDir private Path folder;

  @Test
  void everyLinkOfTheDocumentsLeadsSomewhere() throws IOException {
    for (Path document : SnippetsTest.documents()) {
      assertThat(dead(document)).as(document.toString()).isEmpty();
    }
  }

  @Test
  void aLinkToNothingIsFound() throws IOException {
    Path guide = folder.resolve("guide.md");
    Files.writeString(guide, "[me](guide.md), [web](https://a.example/b), [gone](gone.md#part)");

    assertThat(dead(guide)).containsExactly("gone.md");
  }

  private static List<String> dead(Path document) throws IOException {
    Stream<MatchResult> links = LINK.matcher(Files.readString(document)).results();
    return links
        .map(link -> link.group(1))
        .filter(link -> !Files.exists(document.resolveSibling(link)))
        .toList();
  }
}
