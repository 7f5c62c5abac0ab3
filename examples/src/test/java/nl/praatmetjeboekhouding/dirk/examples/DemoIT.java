package nl.praatmetjeboekhouding.dirk.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DemoIT {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void theDemoEndsWithTheOutputOfARunThatRolledBack() throws IOException {
    assumeTrue(
        Jvm.isInstalled("npm"), "npm is missing: install Node.js 20 to have the demo tested");

    boolean asPromised =
        Demo.run(
            Path.of("demo"),
            Path.of("target/demo"),
            new PrintStream(printed, true, StandardCharsets.UTF_8));

    String output = printed.toString(StandardCharsets.UTF_8);
    assertThat(asPromised).as(output).isTrue();
    assertThat(output.substring(output.lastIndexOf("\n{") + 1))
        .contains("\"status\" : \"rolled_back\"", "\"version\" : \"0.2.1\"")
        .endsWith("}\n");
  }
}
