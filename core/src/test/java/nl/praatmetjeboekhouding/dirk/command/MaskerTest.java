package nl.praatmetjeboekhouding.dirk.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskerTest {

  @Test
  void takesEachSecretOutWhereverItStands() {
    Masker masker = Masker.of(List.of("first-secret", "second-secret"));

    assertThat(masker.mask("a first-secret b second-secret first-secretfirst-secret"))
        .isEqualTo("a *** b *** ***");
  }

  @Test
  void takesSecretsOutThatOverlap() {
    Masker masker = Masker.of(List.of("abcdef", "defghi", "abcdefgh"));

    assertThat(masker.mask("-abcdefghi-")).isEqualTo("-***-");
    assertThat(masker.mask("-abcabcdef-")).isEqualTo("-abc***-");
  }

  @Test
  void takesEachLineOfASecretOut() {
    String key = "-----BEGIN KEY-----\nMIIEvQIBADANBg\n  kqhkiG9w0BAQEF\n}\n-----END KEY-----\n";
    Masker masker = Masker.of(List.of(key));

    assertThat(masker.mask("MIIEvQIBADANBg")).isEqualTo("***");
    assertThat(masker.mask("> kqhkiG9w0BAQEF <")).isEqualTo("> *** <");
    assertThat(masker.mask("}")).isEqualTo("}");
    assertThat(masker.mask("{\"key\":\"" + key.replace("\n", "\\n") + "\"}"))
        .isEqualTo("{\"key\":\"***\"}");
  }

  @Test
  void takesASecretOutOfAUrl() {
    Masker masker = Masker.of(List.of("p@ss/w+rd (1) ~!"));

    assertThat(masker.mask("https://u:p%40ss%2Fw%2Brd+%281%29+%7E%21@h"))
        .isEqualTo("https://u:***@h");
    assertThat(masker.mask("?q=p%40ss%2Fw%2Brd%20(1)%20~!&r")).isEqualTo("?q=***&r");
  }

  @Test
  void takesASecretOutOfJson() {
    Masker masker = Masker.of(List.of("a\"quoted\\secret"));

    assertThat(masker.mask("{\"t\":\"a\\\"quoted\\\\secret\"}")).isEqualTo("{\"t\":\"***\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "user:", "user::", "x-access-token:"})
  void takesASecretOutOfBase64WhereverItBegins(String before) {
    String secret = "s3cret>>value??";
    Masker masker = Masker.of(List.of(secret));
    for (String after : List.of("", "1", "12", "123")) {
      byte[] plain = (before + secret + after).getBytes(StandardCharsets.UTF_8);
      for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
        String masked = masker.mask("Basic " + encoder.encodeToString(plain) + " end");

        assertThat(masked).startsWith("Basic ").contains("***").endsWith(" end");
        assertThat(decodable(masked)).doesNotContain("3cret", "valu");
      }
    }
  }

  @Test
  void leavesWhatIsTooShortToBeASecret() {
    Masker masker = Masker.of(List.of("", "a", "abc", "1234"));

    assertThat(masker.mask("a abc 123 1234 YWJj")).isEqualTo("a abc 123 *** YWJj");
  }

  @Test
  void leavesTextWithoutSecretsAsItIs() {
    String text = "nothing to hide";

    assertThat(Masker.of(List.of("secret")).mask(text)).isSameAs(text);
    assertThat(Masker.of(List.of()).maskUnfinished(text)).isSameAs(text);
  }

  private static String decodable(String masked) {
    StringBuilder decoded = new StringBuilder();
    for (String part : masked.replace("Basic ", "").replace(" end", "").split("\\*\\*\\*", -1)) {
      String text = part.replace("=", "").replace('-', '+').replace('_', '/');
      for (int from = 0; from < Math.min(4, text.length()); from++) {
        String cut = text.substring(from, from + (text.length() - from) / 4 * 4);
        decoded.append(new String(Base64.getDecoder().decode(cut), StandardCharsets.UTF_8));
      }
    }
    return decoded.toString();
  }
}
