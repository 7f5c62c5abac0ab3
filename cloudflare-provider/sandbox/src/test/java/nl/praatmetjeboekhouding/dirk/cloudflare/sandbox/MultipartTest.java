package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {

  private static final String TYPE = "multipart/form-data; boundary=\"a b\"";

  @Test
  void readsWhateverBytesAPartHolds() {
    byte[] noise = new byte[10_000];
    new Random(7).nextBytes(noise);
    noise[500] = '\r';
    noise[501] = '\n';
    noise[502] = '-';
    noise[503] = '-';
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        "--a b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n".getBytes(ISO_8859_1));
    body.writeBytes(noise);
    body.writeBytes("\r\n--a b--\r\n".getBytes(ISO_8859_1));

    List<Part> parts = Multipart.parse(TYPE, Bytes.of(body.toByteArray()));

    assertThat(parts)
        .singleElement()
        .satisfies(part -> assertThat(part.content().array()).isEqualTo(noise));
  }

  @Test
  void readsNamesTypesAndEmptyParts() {
    List<Part> parts =
        parse(
            String.join(
                "\r\n",
                "--a b",
                "content-disposition: form-data; filename=\"a;b.js\"; name=\"say %22hi%22 \\\\ ü\"",
                "Content-Type: Text/Plain; charset=utf-8",
                "",
                "",
                "--a b",
                "Content-Disposition: form-data; name=bare",
                "",
                "x",
                "--a b--"));

    assertThat(parts).extracting(Part::name).containsExactly("say \"hi\" \\ ü", "bare");
    assertThat(parts.get(0).fileName()).contains("a;b.js");
    assertThat(parts.get(0).contentType()).contains("text/plain");
    assertThat(parts.get(0).content().size()).isZero();
    assertThat(parts.get(1).content().utf8()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--a b",
        "--a b\r\n",
        "--a b\r\n\r\n--a b--",
        "--a b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nno end",
        "--a b\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--a b--",
        "--a b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n--a b--",
        "no boundary at all"
      })
  void refusesWhatIsNotAForm(String body) {
    assertThatThrownBy(() -> parse(body))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(10026));
  }

  private static List<Part> parse(String body) {
    return Multipart.parse(TYPE, Bytes.utf8(body));
  }
}
