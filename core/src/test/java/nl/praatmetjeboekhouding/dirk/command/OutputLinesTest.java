package nl.praatmetjeboekhouding.dirk.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutputLinesTest {

  private final List<String> heard = new ArrayList<>();

  @Test
  void endsALineAtEitherSign() {
    lines("one\ntwo\r\nthree\rfour\n\nfive");

    assertThat(heard).containsExactly("one", "two", "three", "four", "", "five");
  }

  @Test
  void isTheSameHoweverTheBytesArrive() {
    byte[] bytes =
        "caf\u00E9 \uD83D\uDE00\r\n\u001B[1mbold\u001B[0m\n".getBytes(StandardCharsets.UTF_8);
    OutputLines lines = new OutputLines(Masker.of(List.of()), heard::add);

    for (byte one : bytes) {
      lines.write(new byte[] {one}, 1);
    }
    lines.end();

    assertThat(heard).containsExactly("caf\u00E9 \uD83D\uDE00", "bold");
  }

  @Test
  void takesTerminalCodesOutSoThatTheyHideNothingAndMoveNoCursor() {
    lines(
        "\u001B[31mred\u001B[0m \u001B]0;title\u0007\u001B[2J\u001B[Hs3\u001B[1mcret-value a\bb\tc\n");

    assertThat(heard).containsExactly("red *** a\uFFFDb\tc");
  }

  @Test
  void replacesWhatIsNotUtf8() {
    OutputLines lines = new OutputLines(Masker.of(List.of()), heard::add);

    lines.write(new byte[] {'a', (byte) 0xFF, 'b', (byte) 0xC3}, 4);
    lines.end();

    assertThat(heard).containsExactly("a\uFFFDb\uFFFD");
  }

  @Test
  void cutsALineThatIsTooLong() {
    lines("x".repeat(100_000) + "\nnext\n");

    assertThat(heard).hasSize(2);
    assertThat(heard.get(0)).hasSize(2004).endsWith("x ...");
    assertThat(heard.get(1)).isEqualTo("next");
  }

  @Test
  void showsNoPartOfASecretWhereALineIsCut() {
    for (int before = 1_980; before < 2_010; before++) {
      lines("x".repeat(before) + "s3cret-value" + "y".repeat(100_000) + "\n");
    }

    assertThat(heard).hasSize(30).noneMatch(line -> line.contains("s3cr"));
  }

  @Test
  void showsNoPartOfASecretWhereTheMemoryOfALineEnds() {
    for (int before = 7_990; before < 8_020; before++) {
      lines("x".repeat(before) + "s3cret-value");
    }

    assertThat(heard).hasSize(30).noneMatch(line -> line.contains("s3cr"));
  }

  @Test
  void showsNoPartOfASecretWhereTheOutputBreaksOff() {
    lines("token=s3cret-v");

    assertThat(heard).containsExactly("token=***");
  }

  @Test
  void keepsTheLastTwenty() {
    OutputLines lines = lines("a\n".repeat(50) + "b\n");

    assertThat(lines.kept()).hasSize(20).endsWith("b");
    assertThat(heard).hasSize(51);
  }

  private OutputLines lines(String text) {
    OutputLines lines = new OutputLines(Masker.of(List.of("s3cret-value")), heard::add);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    lines.write(bytes, bytes.length);
    lines.end();
    return lines;
  }
}
