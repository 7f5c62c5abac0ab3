package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a script is a module or listens to events is told by its code alone. */
final class MainScriptTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export default {}",
        "const a = 1;\nexport { a as default };",
        "export{a as default}",
        "export * as default from './b.js'",
        "/* old: addEventListener */ export default { fetch() {} }",
        "const s = '//'; export default {};",
        "const r = /[/'\"`]/; export default {};",
        "const q = a / b; const s = 'x/y'; export default {};",
        "const t = `a ${ `b ${ {c: '}'}.c } //` } /*`; export default {};",
        "const t = `unusual \\` and ${1}`; export default {};",
        "if (a) /'/.test(a);\nexport default {};",
        "return_ = 1; f(x) / 2; export\ndefault {};",
        "const broken = `never closed; export default {};"
      })
  void isAModuleIfItExportsSomethingByDefault(String script) throws IOException {
    assertThat(read(script).metadata().has("main_module")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "addEventListener('fetch', e => {}) // export default {}",
        "/* export default {} */ addEventListener('fetch', e => {})",
        "addEventListener('fetch', e => e.respondWith(new Response('export default {}')))",
        "const help = \"write export default {}\"; addEventListener('fetch', e => {})",
        "const help = `write\n  export default {}\n${ 'export default' }`; addEventListener('x', e => {})",
        "const r = /export default {}/; addEventListener('fetch', e => {})",
        "const s = 'it\\'s export default {}'; addEventListener('fetch', e => {})"
      })
  void listensToEventsIfThatStandsInNoCode(String script) throws IOException {
    assertThat(read(script).metadata().has("body_part")).isTrue();
  }

  private WranglerProject read(String script) throws IOException {
    Files.writeString(folder.resolve("worker.js"), script);
    Files.writeString(
        folder.resolve("wrangler.json"),
        "{\"name\": \"shop\", \"main\": \"worker.js\", \"no_bundle\": true,"
            + " \"compatibility_date\": \"2026-03-01\"}");
    return WranglerFile.in(folder).project(Optional.empty());
  }
}
