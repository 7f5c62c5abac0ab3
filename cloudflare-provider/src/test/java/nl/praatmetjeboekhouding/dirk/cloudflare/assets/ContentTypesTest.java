package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypesTest {

  @ParameterizedTest
  @CsvSource({
    "index.html, text/html; charset=utf-8",
    "a/b/STYLE.CSS, text/css; charset=utf-8",
    "app.js, text/javascript; charset=utf-8",
    "x.tar.gz, application/gzip",
    "site.webmanifest, application/manifest+json",
    "f.woff2, font/woff2",
    "i.avif, image/avif",
    "w.wasm, application/wasm"
  })
  void goesByTheEnding(String name, String type) {
    assertThat(ContentTypes.withCharset(name)).contains(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"noext", ".html", "a.", "folder.js/noext", "a.unheard-of"})
  void isUnknownWithoutAKnownEnding(String name) {
    assertThat(ContentTypes.of(name)).isEmpty();
  }

  @Test
  void hasNoCharacterSetWherePagesWantsNone() {
    assertThat(ContentTypes.of("index.html")).contains("text/html");
  }

  @Test
  void isAnotherInPagesWhereItsListIsOlder() {
    assertThat(ContentTypes.of("a/app.js")).contains("text/javascript");
    assertThat(ContentTypes.inPages("a/app.js")).contains("application/javascript");
    assertThat(ContentTypes.inPages("a/index.html")).contains("text/html");
    assertThat(ContentTypes.of("photo.jxl")).contains("image/jxl");
    assertThat(ContentTypes.inPages("photo.jxl")).isEmpty();
    assertThat(ContentTypes.inPages("list.1km"))
        .contains("application/vnd.1000minds.decision-model+xml");
  }
}
