package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleFilesTest {

  private static final String HASH = "a5c341bec5c89ed16758435069e3124b3685ad93";

  @TempDir private Path folder;

  @Test
  void uploadsTheMainScriptAloneIfItIsBuilt() throws IOException {
    script("dist/worker.mjs");
    file("dist/notes.txt", "not a module");

    WranglerProject project = read("\"main\": \"dist/worker.mjs\"");

    assertThat(names(project)).containsExactly("worker.js application/javascript+module");
    assertThat(project.metadata().path("main_module").asText()).isEqualTo("worker.js");
  }

  @Test
  void walksTheFoldersAroundAnUnbundledScriptInOrder() throws IOException {
    script("src/index.mjs");
    file("src/z.wasm", "wasm");
    file("src/a/b.txt", "text");
    file("src/a/c.bin", "data");
    file("src/page.html", "html");
    file("src/style.css", "no module");
    file("src/a/helper.js", "export {}");

    WranglerProject project =
        read(
            """
            "main": "src/index.mjs", "no_bundle": true,
            "rules": [{"type": "ESModule", "globs": ["**/*.js"]}]""");

    assertThat(names(project))
        .containsExactly(
            "index.mjs application/javascript+module",
            "a/b.txt text/plain",
            "a/c.bin application/octet-stream",
            "a/helper.js application/javascript+module",
            "page.html text/plain",
            "z.wasm application/wasm");
  }

  @Test
  void takesWhatALinkToAFileLeadsToAndPassesOverLinksToFolders(@TempDir Path outside)
      throws IOException {
    script("src/index.mjs");
    Files.writeString(Files.createDirectory(outside.resolve("more")).resolve("b.txt"), "b");
    Files.writeString(outside.resolve("a.txt"), "a");
    Files.createSymbolicLink(folder.resolve("src/link.txt"), outside.resolve("a.txt"));
    Files.createSymbolicLink(folder.resolve("src/more"), outside.resolve("more"));
    Files.createSymbolicLink(folder.resolve("src/circle"), folder);

    WranglerProject project = read("\"main\": \"src/index.mjs\", \"no_bundle\": true");

    assertThat(names(project))
        .containsExactly("index.mjs application/javascript+module", "link.txt text/plain");
  }

  @Test
  void refusesALinkThatLeadsNowhere() throws IOException {
    script("src/index.mjs");
    Files.createSymbolicLink(folder.resolve("src/gone.txt"), folder.resolve("nothing"));

    assertThat(refused("\"main\": \"src/index.mjs\", \"no_bundle\": true"))
        .hasMessageContaining("gone.txt is a link to something that is not there");
  }

  @Test
  void takesNothingButTheScriptWhereMoreModulesAreNotWanted() throws IOException {
    file("index.js", "export default {};");
    file("note.txt", "text");

    WranglerProject project =
        read("\"main\": \"index.js\", \"no_bundle\": true, \"find_additional_modules\": false");

    assertThat(names(project)).containsExactly("index.js application/javascript+module");
  }

  @Test
  void uploadsPythonWithTheFilesAroundItAndThePackagesBesideTheWranglerFile() throws IOException {
    file("src/entry.py", "from workers import Response");
    file("src/sub/helper.py", "x = 1");
    file("src/note.txt", "text");
    file("src/data.json", "no module");
    file("python_modules/pkg/__init__.py", "y = 1");
    file("python_modules/pkg/lib.so", "binary");
    file("python_modules/pkg/a.pyc", "compiled");

    WranglerProject project = read("\"main\": \"src/entry.py\"");

    assertThat(names(project))
        .containsExactly(
            "entry.py text/x-python",
            "note.txt text/plain",
            "sub/helper.py text/x-python",
            "python_modules/pkg/__init__.py application/octet-stream",
            "python_modules/pkg/lib.so application/octet-stream");
    assertThat(project.metadata().path("main_module").asText()).isEqualTo("entry.py");
  }

  @Test
  void sendsFilesOfPythonPackagesOnceAndLeavesOutWhatTheFileSays() throws IOException {
    file("entry.py", "from workers import Response");
    file("python_modules/pkg/__init__.py", "y = 1");
    file("python_modules/pkg/lib.so", "binary");
    file("python_modules/pkg/a.pyc", "compiled");
    file("cf-requirements.txt", "numpy");

    WranglerProject project =
        read("\"main\": \"entry.py\", \"python_modules\": {\"exclude\": [\"**/*.so\"]}");

    assertThat(names(project))
        .containsExactly(
            "entry.py text/x-python",
            "cf-requirements.txt text/plain",
            "python_modules/pkg/__init__.py application/octet-stream",
            "python_modules/pkg/a.pyc application/octet-stream");
    assertThat(project.warnings()).anySatisfy(it -> assertThat(it).contains("cf-requirements"));
  }

  @Test
  void followsALinkInThePlaceOfTheFolderOfPythonPackages() throws IOException {
    file("entry.py", "from workers import Response");
    file("elsewhere/pkg/__init__.bin", "y = 1");
    Files.createSymbolicLink(folder.resolve("python_modules"), folder.resolve("elsewhere"));

    WranglerProject project = read("\"main\": \"entry.py\"");

    assertThat(names(project)).contains("python_modules/pkg/__init__.bin application/octet-stream");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void looksThroughAScriptOfManyUnfinishedExportsInNoTime() throws IOException {
    file("index.js", "export {a ".repeat(120_000));

    WranglerProject project = read("\"main\": \"index.js\"");

    assertThat(names(project)).containsExactly("index.js application/javascript");
  }

  @Test
  void refusesPythonPackagesBesideTheScript() throws IOException {
    file("src/entry.py", "from workers import Response");
    file("src/python_modules/pkg/__init__.py", "y = 1");

    assertThat(refused("\"main\": \"src/entry.py\""))
        .hasMessageContaining("python_modules must lie beside the wrangler file");
  }

  @Test
  void leavesTheWranglerFileAndItsOwnFolderOut() throws IOException {
    script("index.js");
    file(".wrangler/tmp/x.txt", "not the project's");

    WranglerProject project =
        read(
            """
            "main": "index.js", "no_bundle": true,
            "rules": [{"type": "Text", "globs": ["**/*.jsonc", "**/*.txt"]}]""");

    assertThat(names(project)).containsExactly("index.js application/javascript+module");
  }

  @Test
  void namesModulesByTheirWayFromTheBaseFolder() throws IOException {
    script("src/api/index.js");
    file("src/text/a.txt", "text");

    WranglerProject project =
        read("\"main\": \"src/api/index.js\", \"no_bundle\": true, \"base_dir\": \"src\"");

    assertThat(names(project))
        .containsExactly("index.js application/javascript+module", "text/a.txt text/plain");
  }

  @Test
  void takesTheModulesThatABundlerWroteInTheOrderOfTheirImports() throws IOException {
    Files.createDirectories(folder.resolve("dist"));
    file(
        "dist/index.js",
        "import b from './"
            + HASH
            + "-b.txt';\nimport a from './"
            + HASH
            + "-a.txt';\n"
            + "export default { fetch() { return new Response(a + b); } };\n"
            + "//# sourceMappingURL=index.js.map\n");
    file("dist/index.js.map", "{}");
    file("dist/README.md", "what wrangler writes beside");
    file("dist/" + HASH + "-a.txt", "a");
    file("dist/" + HASH + "-b.txt", "b");

    WranglerProject project =
        read(
            "\"main\": \"src/index.ts\", \"define\": {\"A\": \"1\"},"
                + "\"rules\": [{\"type\": \"Text\", \"globs\": [\"**/*.md\"], \"fallthrough\": true}]",
            Overrides.none().withModules(Path.of("dist")));

    assertThat(names(project))
        .containsExactly(
            "index.js application/javascript+module",
            "index.js.map application/source-map",
            "./" + HASH + "-b.txt text/plain",
            "./" + HASH + "-a.txt text/plain");
  }

  @Test
  void callsModulesThatKeptTheirNamesAsTheScriptImportsThem() throws IOException {
    Files.createDirectories(folder.resolve("dist"));
    file(
        "dist/index.js",
        """
        import b from "./deep/b.txt";
        import a from "./a.txt";
        import c from "pkg/c.txt";
        export default { fetch() { return new Response(a + b + c); } };
        """);
    file("dist/a.txt", "a");
    file("dist/deep/b.txt", "b");
    file("dist/pkg/c.txt", "c");
    Overrides built = Overrides.none().withModules(Path.of("dist"));
    String main = "\"main\": \"src/index.ts\"";

    WranglerProject kept = read(main + ", \"preserve_file_names\": true", built);
    WranglerProject found =
        read(main + ", \"preserve_file_names\": true, \"find_additional_modules\": true", built);

    assertThat(names(kept))
        .containsExactlyInAnyOrder(
            "index.js application/javascript+module",
            "./deep/b.txt text/plain",
            "./a.txt text/plain",
            "pkg/c.txt text/plain");
    assertThat(names(found)).contains("a.txt text/plain", "deep/b.txt text/plain");
  }

  @Test
  void callsThemAsTheirVariablesSayInAServiceWorker() throws IOException {
    Files.createDirectories(folder.resolve("dist"));
    file("dist/index.js", "var a = __a_txt; addEventListener(\"fetch\", () => a);");
    file("dist/a.txt", "a");

    WranglerProject project =
        read(
            "\"main\": \"src/index.js\", \"preserve_file_names\": true",
            Overrides.none().withModules(Path.of("dist")));

    assertThat(names(project)).contains("__a_txt text/plain");
  }

  @Test
  void refusesAModuleThatTheBuildWroteOutsideOfItsFolder() throws IOException {
    Files.createDirectories(folder.resolve("dist"));
    file("dist/index.js", "import t from \"../x/a.txt\"; export default {};");

    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                read(
                    "\"main\": \"src/index.js\", \"preserve_file_names\": true",
                    Overrides.none().withModules(Path.of("dist"))));

    assertThat(refused).hasMessageContaining("has the build write ../x/a.txt outside");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "src/worker.ts | has to be bundled",
        "src/worker.ts | --outdir dist",
        "src/worker.ts | \"settings\": { \"modules\": \"dist\" }",
        "src/none.js | is not there; build it first"
      })
  void saysThatTheMainScriptIsNotBuilt(String main, String message) throws IOException {
    file("src/worker.ts", "export default {}");

    ConfigurationException refused = refused("\"main\": \"" + main + "\"");

    assertThat(refused).hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"build\": {\"command\": \"make\"}", "\"alias\": {\"a\": \"b\"}"})
  void saysThatAKeyTakesABundler(String member) throws IOException {
    script("index.js");

    ConfigurationException refused = refused("\"main\": \"index.js\", " + member);

    assertThat(refused).hasMessageContaining("takes a bundler").hasMessageContaining("--outdir");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"main\": \"a\\u0000.js\" | \"main\" is no path",
        "\"main\": \"index.js\", \"no_bundle\": true, \"base_dir\": \"a\\u0000\" |"
            + " \"base_dir\" is no path"
      })
  void refusesWhatIsNoPath(String members, String message) throws IOException {
    script("index.js");

    ConfigurationException refused = refused(members);

    assertThat(refused.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.line()).isEqualTo(1);
              assertThat(fault.message()).startsWith(message).doesNotContain("\0");
            });
  }

  @Test
  void refusesASourceMapWhoseNameIsNoPath() throws IOException {
    file("index.js", "export default {}\n//# sourceMappingURL=a\0.map");

    ConfigurationException refused = refused("\"main\": \"index.js\"");

    assertThat(refused).hasMessageContaining("the map of index.js is no path");
  }

  @Test
  void saysThatTheMainScriptIsNotUtf8() throws IOException {
    Files.write(folder.resolve("index.js"), new byte[] {'/', '/', (byte) 0xE9});

    ConfigurationException refused = refused("\"main\": \"index.js\"");

    assertThat(refused).hasMessageContaining("\"main\" index.js is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export default { fetch() {} }",
        "const a = {};\nexport { a as default };",
        "export{b as x,a as default}",
        "export * as default from './x.js';"
      })
  void takesAScriptForAModuleIfItExportsSomethingByDefault(String script) throws IOException {
    file("index.js", script);

    assertThat(read("\"main\": \"index.js\"").goesLiveWithItsUpload()).isFalse();
  }

  @Test
  void takesAnyOtherScriptForAServiceWorker() throws IOException {
    file("index.js", "addEventListener('fetch', () => {});\nexport const a = 1;");

    WranglerProject project = read("\"main\": \"index.js\"");

    assertThat(project.goesLiveWithItsUpload()).isTrue();
    assertThat(project.metadata().path("body_part").asText()).isEqualTo("index.js");
    assertThat(project.metadata().has("main_module")).isFalse();
    assertThat(names(project)).containsExactly("index.js application/javascript");
  }

  @Test
  void refusesAServiceWorkerWithOtherScripts() throws IOException {
    file("index.js", "addEventListener('fetch', () => {});");
    file("a.js", "exports.a = 1;");

    ConfigurationException refused =
        refused(
            """
            "main": "index.js", "no_bundle": true,
            "rules": [{"type": "CommonJS", "globs": ["a.js"]}]""");

    assertThat(refused).hasMessageContaining("cannot import other scripts");
  }

  @Test
  void letsAServiceWorkerKnowItsFilesAsVariables() throws IOException {
    file("index.js", "addEventListener('fetch', () => {});");
    file("parts/a-1.txt", "text");

    WranglerProject project = read("\"main\": \"index.js\", \"no_bundle\": true");

    assertThat(names(project))
        .containsExactly("parts_a_1_txt text/plain", "index.js application/javascript");
    assertThat(project.modules().get(0).fileName()).isEqualTo("parts/a-1.txt");
    assertThat(project.metadata().path("bindings"))
        .hasToString(
            "[{\"name\":\"parts_a_1_txt\",\"type\":\"text_blob\",\"part\":\"parts_a_1_txt\"}]");
  }

  @Test
  void bindsTheFilesThatAServiceWorkerNamesWhereWranglerDoes() throws IOException {
    file("index.js", "addEventListener('fetch', () => {});");
    file("src/hello.txt", "hello");
    file("add.wasm", "");
    file("raw.bin", "");

    WranglerProject project =
        read(
            """
            "main": "index.js",
            "data_blobs": {"RAW": "raw.bin"},
            "text_blobs": {"HELLO": "./src/hello.txt"},
            "wasm_modules": {"ADD": "add.wasm"},
            "worker_loaders": [{"binding": "LOADER"}],
            "version_metadata": {"binding": "VERSION"}""");

    assertThat(names(project))
        .containsExactly(
            "ADD application/wasm",
            "HELLO text/plain",
            "RAW application/octet-stream",
            "index.js application/javascript");
    assertThat(project.modules()).extracting(ModuleFile::fileName).contains("src/hello.txt");
    assertThat(project.metadata().path("bindings").findValuesAsText("name"))
        .containsExactly("LOADER", "ADD", "VERSION", "HELLO", "RAW");
    assertThat(project.metadata().path("bindings").get(1))
        .hasToString("{\"name\":\"ADD\",\"type\":\"wasm_module\",\"part\":\"ADD\"}");
  }

  @Test
  void refusesFilesForVariablesThatAreNotThereOrHaveNone() throws IOException {
    file("index.js", "addEventListener('fetch', () => {});");
    script("module.js");
    file("a.txt", "text");

    assertThat(refused("\"main\": \"index.js\", \"text_blobs\": {\"A\": \"b.txt\"}"))
        .hasMessageContaining("\"text_blobs.A\" b.txt is not there");
    assertThat(refused("\"main\": \"module.js\", \"text_blobs\": {\"A\": \"a.txt\"}"))
        .hasMessageContaining("\"text_blobs\" is for service workers");
  }

  @Test
  void warnsOfAFileThatARuleNamesInVain() throws IOException {
    script("src/index.js");
    file("src/a/b.txt", "text");

    WranglerProject project =
        read(
            """
            "main": "src/index.js", "no_bundle": true,
            "rules": [{"type": "Text", "globs": ["**/*.md"]}]""");

    assertThat(names(project)).containsExactly("index.js application/javascript+module");
    assertThat(project.warnings())
        .singleElement()
        .asString()
        .contains("a/b.txt")
        .contains("fallthrough");
  }

  @Test
  void uploadsASourceMapOnlyIfItIsWanted() throws IOException {
    file("index.js", "export default {}\n//# sourceMappingURL=index.js.map");
    file("index.js.map", "{}");

    assertThat(names(read("\"main\": \"index.js\""))).hasSize(2);
    assertThat(names(read("\"main\": \"index.js\", \"upload_source_maps\": false"))).hasSize(1);
  }

  @Test
  void refusesToGoWithoutASourceMapThatIsAskedFor() throws IOException {
    file("index.js", "export default {}\n//# sourceMappingURL=index.js.map");

    ConfigurationException refused =
        refused("\"main\": \"index.js\", \"upload_source_maps\": true");

    assertThat(refused).hasMessageContaining("source map");
  }

  @ParameterizedTest
  @CsvSource({
    "**/*.txt, a.txt, true",
    "**/*.txt, a/b/c.txt, true",
    "**/*.txt, a.txt.js, false",
    "*.txt, a/b.txt, false",
    "a/**/b.js, a/b.js, true",
    "a/**/b.js, a/x/y/b.js, true",
    "**/*.wasm?module, a.wasm?module, true",
    "**/*.wasm?module, a.wasmxmodule, false",
    "**, a/b, true",
    "a/**, a, false",
    "a/**, a/b/c, true",
    "**/a/**/b, x/a/b, true",
    "**/b, xb, false",
    "a**b, axxb, true",
    "a**b, a/b, false",
    "[ab].txt, [ab].txt, true"
  })
  void matchesFilesAsWranglersRulesDo(String glob, String name, boolean matches) {
    assertThat(new Glob(glob).matches(name)).isEqualTo(matches);
  }

  @Test
  @Timeout(10)
  void takesNoTimeForAPatternOfManyStars() {
    assertThat(new Glob("*a".repeat(50) + "b").matches("a".repeat(200))).isFalse();
    assertThat(new Glob("**/".repeat(50) + "b").matches("a/".repeat(200))).isFalse();
  }

  private void script(String name) throws IOException {
    file(name, "export default {}");
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private WranglerProject read(String members) throws IOException {
    return read(members, Overrides.none());
  }

  private WranglerProject read(String members, Overrides overrides) throws IOException {
    file(
        "wrangler.jsonc",
        "{\"name\": \"shop\", \"compatibility_date\": \"2026-03-01\", " + members + "}");
    return WranglerFile.in(folder).project(Optional.empty(), overrides);
  }

  private ConfigurationException refused(String members) {
    return catchThrowableOfType(ConfigurationException.class, () -> read(members));
  }

  private static List<String> names(WranglerProject project) {
    return project.modules().stream()
        .map(module -> module.name() + " " + module.contentType())
        .toList();
  }
}
