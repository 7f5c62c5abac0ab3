package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsFileTest {

  @TempDir private Path folder;

  @Test
  void readsLinesAsInDotEnv() throws IOException {
    assertThat(
            changes(
                """
                # a comment
                PLAIN=abc # and another
                export QUOTED="a \\n b"
                SINGLE='a \\n # b'
                BACK=`b t`
                HASH=a#b
                EMPTY=
                SPACED = p w
                COLON: c
                D.x-y=1
                ESCAPED='it\\'s'
                KEY="-----BEGIN-----
                line
                -----END-----"
                """))
        .containsExactly(
            Map.entry("PLAIN", "abc"),
            Map.entry("QUOTED", "a \n b"),
            Map.entry("SINGLE", "a \\n # b"),
            Map.entry("BACK", "b t"),
            Map.entry("HASH", "a"),
            Map.entry("EMPTY", ""),
            Map.entry("SPACED", "p w"),
            Map.entry("COLON", "c"),
            Map.entry("D.x-y", "1"),
            Map.entry("ESCAPED", "it\\'s"),
            Map.entry("KEY", "-----BEGIN-----\nline\n-----END-----"));
  }

  @Test
  void readsLongValuesAndLinesOfWindows() throws IOException {
    String longest = "x\ny".repeat(100_000);

    assertThat(changes("A=1\r\nB=\"" + longest + "\"\r\n"))
        .containsExactly(Map.entry("A", "1"), Map.entry("B", longest));
  }

  @Test
  void takesAwayWhatIsNullWhereSeveralAreChanged() throws IOException {
    assertThat(changes("{\"A\": \"1\", \"B\": null, \"C\": \"\"}"))
        .containsExactly(Map.entry("A", "1"), Map.entry("B", "taken away"), Map.entry("C", ""));
    assertThat(changes("{}")).isEmpty();
  }

  @Test
  void passesOverWhatIsNullWhereSecretsGoWithAnUpload() throws IOException {
    assertThat(given("{\"A\": \"1\", \"B\": null}", Map.of())).containsExactly(Map.entry("A", "1"));
  }

  @Test
  void passesOverAByteOrderMark() throws IOException {
    assertThat(changes("\uFEFF{\"A\": \"1\"}")).containsExactly(Map.entry("A", "1"));
    assertThat(changes("\uFEFFB=2\nC=3")).containsExactly(Map.entry("B", "2"), Map.entry("C", "3"));
  }

  @Test
  void looksReferencesUpWhereSecretsGoWithAnUpload() throws IOException {
    String lines =
        """
        A=1
        B=${A}x
        C=$A$NOPE
        D=\\$A
        E=${NOPE:-dflt}
        F='$A'
        G=${A:+set}${NOPE:+set}
        HOME=mine
        P=$PORT
        """;

    assertThat(given(lines, Map.of("HOME", "theirs", "PORT", "80")))
        .containsExactly(
            Map.entry("A", "1"),
            Map.entry("B", "1x"),
            Map.entry("C", "1"),
            Map.entry("D", "$A"),
            Map.entry("E", "dflt"),
            Map.entry("F", "1"),
            Map.entry("G", "set"),
            Map.entry("HOME", "theirs"),
            Map.entry("P", "80"));
    assertThat(changes(lines)).containsEntry("B", "${A}x").containsEntry("D", "\\$A");
  }

  @Test
  void endsWhereReferencesDoNot() {
    assertThatThrownBy(() -> given("A=p4ss$LOOP", Map.of("LOOP", "$LOOP$LOOP")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("A: refers to itself")
        .hasMessageNotContaining("p4ss");
  }

  @Test
  void saysWhereSomethingElseIsWithoutShowingValues() {
    assertRefused("{\"A\": \"p4ssw0rd\", \"B\": 3, \"C\": {}}", "that are no texts: B, C");
    assertRefused("{\"A\": \"p4ssw0rd\"\n \"B\"}", "secrets.txt:2");
    assertRefused("{} p4ssw0rd", "secrets.txt:1");
    assertRefused("{// p4ssw0rd\n}", "secrets.txt:1");
    assertRefused("[\"p4ssw0rd\"]", "write an object");
    assertRefused("p4ssw0rd", "holds no secrets");
    assertRefused("", "holds no secrets");
    assertThatThrownBy(() -> SecretsFile.changesIn("p4ssw0rd", "what was piped in"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("what was piped in");
  }

  @Test
  void saysThatAFileIsMissingOrNotUtf8() throws IOException {
    Path wide =
        Files.write(folder.resolve("wide"), "\uFEFFA=1".getBytes(StandardCharsets.UTF_16LE));

    assertThatThrownBy(() -> SecretsFile.changes(wide)).hasMessageContaining("is not UTF-8");
    assertThatThrownBy(() -> WorkerProject.in(folder).secretsFile("none.env"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("none.env");
  }

  private void assertRefused(String text, String message) {
    assertThatThrownBy(() -> changes(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("p4ssw0rd");
  }

  private Map<String, String> changes(String text) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    SecretsFile.changes(file(text))
        .forEach((name, value) -> values.put(name, value.map(Secret::reveal).orElse("taken away")));
    return values;
  }

  private Map<String, String> given(String text, Map<String, String> variables) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    SecretsFile.read(file(text), variables)
        .forEach((name, value) -> values.put(name, value.reveal()));
    return values;
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("secrets.txt"), text);
  }
}
