package nl.praatmetjeboekhouding.dirk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnippetsTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");

  @TempDir private Path folder;

  @Test
  void everyJavaBlockOfTheDocumentsIsCodeThatCompiles() throws IOException {
    Snippets snippets = new Snippets(ROOT);
    List<String> faults = new ArrayList<>();

    for (Path document : documents()) {
      faults.addAll(snippets.faults(document));
    }

    assertThat(faults).isEmpty();
  }

  @Test
  void aBlockThatIsTheRegionIsRight() throws IOException {
    assertThat(faults("int answer() {\n  return 42;\n}")).isEmpty();
  }

  @Test
  void aBlockThatDiffersInAWordIsTold() throws IOException {
    assertThat(faults("int answer() {\n  return 43;\n}"))
        .singleElement()
        .asString()
        .startsWith("guide.md:2: differs from region answer of Code.java, which is now:")
        .contains("return 42;");
  }

  @Test
  void aJavaBlockWithoutAMarkIsTold() throws IOException {
    write("guide.md", "Look:\n\n```java\nint answer;\n```\n");

    assertThat(new Snippets(folder).faults(folder.resolve("guide.md")))
        .containsExactly("guide.md:3: a Java block must stand under <!-- snippet: PATH#NAME -->");
  }

  @Test
  void aMarkOfNothingIsTold() throws IOException {
    write("Code.java", "class Code {}\n");
    write(
        "guide.md",
        """
        <!-- snippet: Code.java#answer -->
        ```java
        ```
        <!-- snippet: Gone.java#answer -->
        ```java
        ```
        """);

    assertThat(new Snippets(folder).faults(folder.resolve("guide.md")))
        .containsExactly(
            "guide.md:2: Code.java has no region answer", "guide.md:5: there is no file Gone.java");
  }

  private List<String> faults(String block) throws IOException {
    write(
        "Code.java",
        """
        class Code {
          // snippet: answer
          int answer() {
            return 42;
          }
          // end
        }
        """);
    write("guide.md", "<!-- snippet: Code.java#answer -->\n```java\n" + block + "\n```\n");
    return new Snippets(folder).faults(folder.resolve("guide.md"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(path -> path.toString().endsWith(".md")).sorted())
          .toList();
    }
  }
}
