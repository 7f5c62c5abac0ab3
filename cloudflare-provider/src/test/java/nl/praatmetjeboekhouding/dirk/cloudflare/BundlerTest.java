package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.cloudflare.Bundler.Bundled;
import nl.praatmetjeboekhouding.dirk.cloudflare.Bundler.BundledPages;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With scripts in the place of the tools, which say how they were called. */
@DisabledOnOs(OS.WINDOWS)
final class BundlerTest {

  @TempDir private Path home;
  private Path folder;
  private Path into;
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void project() throws IOException {
    folder = Files.createDirectories(home.resolve("apps/shop"));
    into = home.resolve("built");
    write("src/index.ts", "export default { fetch(): Response { return new Response('1') } }");
    wranglerFile("");
  }

  @Test
  void hasWranglerBundleWhatIsNotJavaScript() throws IOException {
    install(folder, "wrangler", "4.164.0", writing("index.js"));

    Bundled bundled = bundle(WorkerProject.in(folder).environment("staging"));

    assertThat(bundled.tool()).contains("wrangler 4.164.0");
    assertThat(heard)
        .contains(
            "deploy --dry-run --outdir "
                + into
                + " --config "
                + folder.resolve("wrangler.jsonc")
                + " --env staging");
    assertThat(bundled.project().check()).isEmpty();
  }

  @Test
  void tellsWranglerWhatTheCallerSaysInsteadOfTheFile() throws IOException {
    install(folder, "wrangler", "4.164.0", writing("other.js"));
    write("src/other.ts", "");

    Bundled unused =
        bundle(
            WorkerProject.in(folder)
                .main("src/other.ts")
                .named("another")
                .compatibilityDate("2026-03-01")
                .compatibilityFlags(List.of("nodejs_compat", "global_navigator")));

    assertThat(heard.get(0))
        .startsWith("deploy " + folder.resolve("src/other.ts") + " --dry-run")
        .endsWith(
            " --env  --name another --compatibility-date 2026-03-01"
                + " --compatibility-flags nodejs_compat --compatibility-flags global_navigator");
  }

  @Test
  void findsTheToolsOfAFolderAbove() throws IOException {
    install(home, "wrangler", "4.164.0", writing("index.js"));

    assertThat(bundle(WorkerProject.in(folder)).tool()).contains("wrangler 4.164.0");
  }

  @Test
  void hasEsbuildBundleWhereThereIsNoWrangler() throws IOException {
    install(folder, "esbuild", "0.27.3", writing("index.js"));
    wranglerFile("\"define\": {\"AGE\": \"7\"}, \"alias\": {\"a\": \"b\"},");

    Bundled bundled = bundle(WorkerProject.in(folder));

    assertThat(bundled.tool()).contains("esbuild 0.27.3");
    assertThat(heard.get(0))
        .startsWith(folder.resolve("src/index.ts") + " --bundle --format=esm")
        .contains("--outdir=" + into, "--external:node:*", "--define:AGE=7", "--alias:a=b");
  }

  @Test
  void runsNothingForAModuleThatImportsNothing() throws IOException {
    write("src/index.js", "export default { fetch() { return new Response('import') } }");

    Bundled bundled = bundle(WorkerProject.in(folder).main("src/index.js"));

    assertThat(bundled.tool()).isEmpty();
    assertThat(bundled.project().check()).isEmpty();
    assertThat(into).doesNotExist();
  }

  @Test
  void bundlesAModuleThatImportsSomething() throws IOException {
    install(folder, "wrangler", "4.164.0", writing("index.js"));
    write("src/index.js", "import { x } from 'left-pad';\nexport default {}");

    assertThat(bundle(WorkerProject.in(folder).main("src/index.js")).tool()).isPresent();
  }

  @Test
  void saysWhatToInstallWhereThereIsNeither() {
    assertThatThrownBy(() -> bundle(WorkerProject.in(folder)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("wrangler.jsonc")
        .hasMessageContaining("has a \"main\" that has to be bundled")
        .hasMessageContaining("has wrangler or esbuild")
        .hasMessageContaining("npm install --save-dev wrangler");
  }

  @Test
  void doesNotTakeEsbuildForWhatOnlyWranglerDoes() throws IOException {
    install(folder, "esbuild", "0.27.3", writing("index.js"));
    wranglerFile("\"build\": {\"command\": \"make\"},");

    assertThatThrownBy(() -> bundle(WorkerProject.in(folder)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("\"build.command\", which takes wrangler's own bundler");
    assertThat(heard).isEmpty();
  }

  @Test
  void saysWhatTheToolSaidWhenItFails() throws IOException {
    install(folder, "wrangler", "4.164.0", "echo 'Could not resolve \"left-pad\"'\nexit 1\n");

    assertThatThrownBy(() -> bundle(WorkerProject.in(folder)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("was not bundled, and nothing was sent")
        .hasMessageContaining("ended with exit 1")
        .hasMessageContaining("Could not resolve \"left-pad\"");
  }

  @Test
  void isEndedWithItsToolWhenSomebodyAsks() throws IOException {
    install(folder, "wrangler", "4.164.0", "echo started\nexec sleep 600\n");
    Cancellation cancellation = Cancellation.create();

    assertThatThrownBy(
            () ->
                Bundler.by(TimeSource.system())
                    .bundle(
                        WorkerProject.in(folder),
                        into,
                        line -> cancellation.cancel("enough"),
                        cancellation))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("was ended");
  }

  @Test
  void givesTheToolNoToken() throws IOException {
    install(
        folder,
        "wrangler",
        "4.164.0",
        "echo \"[$CLOUDFLARE_API_TOKEN$CLOUDFLARE_API_KEY]\"\n" + writing("index.js"));

    Bundled unused = bundle(WorkerProject.in(folder));

    assertThat(heard).contains("[]");
  }

  @Test
  void hasWranglerBuildTheFunctionsOfAPagesProject() throws IOException {
    install(folder, "wrangler", "4.164.0", writing("_worker.bundle"));
    write("functions/api.js", "");
    write("public/index.html", "");
    write(
        "wrangler.jsonc",
        """
        {"name": "site", "pages_build_output_dir": "public",
         "compatibility_date": "2026-01-01", "compatibility_flags": ["nodejs_compat"]}
        """);

    BundledPages bundled = bundle(PagesUpload.in(folder));

    assertThat(bundled.tool()).contains("wrangler 4.164.0");
    assertThat(bundled.upload().code()).contains(into);
    assertThat(heard.get(0))
        .startsWith("pages functions build " + folder.resolve("functions"))
        .contains(
            "--build-output-directory " + folder.resolve("public"),
            "--outfile " + into.resolve("_worker.bundle"),
            "--output-routes-path " + into.resolve("_routes.json"))
        .endsWith(" --compatibility-date 2026-01-01 --compatibility-flags nodejs_compat");
  }

  @Test
  void makesTheFolderForAToolThatDoesNot() throws IOException {
    install(
        folder,
        "wrangler",
        "4.164.0",
        "[ -d '%s' ] || exit 9\n".formatted(into) + writing("_worker.bundle"));
    write("functions/api.js", "");
    write("public/index.html", "");

    BundledPages bundled = bundle(PagesUpload.of("site", folder.resolve("public")));

    assertThat(bundled.upload().code()).contains(into);
  }

  @Test
  void runsNothingForAPagesProjectWithoutCode() throws IOException {
    write("public/index.html", "");

    BundledPages bundled = bundle(PagesUpload.of("site", folder.resolve("public")));

    assertThat(bundled.tool()).isEmpty();
    assertThat(bundled.upload().code()).isEmpty();
  }

  @Test
  void saysWhatBuildsTheCodeOfAPagesProject() throws IOException {
    install(folder, "esbuild", "0.27.3", writing("index.js"));
    write("public/_worker.js", "");

    assertThatThrownBy(() -> bundle(PagesUpload.of("site", folder.resolve("public"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("_worker.js")
        .hasMessageContaining("npm install --save-dev wrangler");
  }

  private BundledPages bundle(PagesUpload upload) {
    return Bundler.by(TimeSource.system()).bundle(upload, into, heard::add, Cancellation.create());
  }

  private Bundled bundle(WorkerProject project) {
    return Bundler.by(TimeSource.system()).bundle(project, into, heard::add, Cancellation.create());
  }

  /** A script that says its arguments and writes a module. */
  private String writing(String module) {
    return "echo \"$@\"\nmkdir -p '%s'\necho 'export default {}' > '%s'\n"
        .formatted(into, into.resolve(module));
  }

  private static void install(Path where, String name, String version, String script)
      throws IOException {
    Path modules = where.resolve("node_modules");
    Path program = Files.createDirectories(modules.resolve(".bin")).resolve(name);
    Files.writeString(program, "#!/bin/sh\n" + script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Path description = Files.createDirectories(modules.resolve(name)).resolve("package.json");
    Files.writeString(description, "{\"version\": \"" + version + "\"}");
  }

  private void wranglerFile(String more) throws IOException {
    write(
        "wrangler.jsonc",
        """
        {
          %s
          "name": "shop",
          "main": "src/index.ts",
          "compatibility_date": "2026-01-01",
          "env": {"staging": {}}
        }
        """
            .formatted(more));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
