package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each request of a deploy, of a way back and of a rollback goes wrong in each way in turn, and the
 * run keeps its promises. {@code docs/faults.md} shows what became of each; {@code
 * -Dfaults.write=true} writes it anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireFaultsTest {

  private static final Path DOCUMENT = Path.of("../../docs/faults.md");
  private static final String BEGIN = "<!-- table: begin -->\n";
  private static final String END = "<!-- table: end -->";
  private List<WireCase> cases = List.of();

  @BeforeAll
  void disturbEachRequest(@TempDir Path folder) throws Exception {
    cases = WireFaults.play(folder);
  }

  @TestFactory
  Stream<DynamicTest> everyPromiseIsKept() {
    return cases.stream().map(each -> DynamicTest.dynamicTest(each.toString(), each::check));
  }

  @Test
  void theDocumentShowsWhatBecameOfEach() throws IOException {
    String document = Files.readString(DOCUMENT);
    String now =
        document.substring(0, document.indexOf(BEGIN) + BEGIN.length())
            + "\n"
            + WireTable.of(cases)
            + "\n"
            + document.substring(document.indexOf(END));
    if (Boolean.getBoolean("faults.write")) {
      Files.writeString(DOCUMENT, now);
    }

    assertThat(Files.readString(DOCUMENT)).isEqualTo(now);
  }
}
