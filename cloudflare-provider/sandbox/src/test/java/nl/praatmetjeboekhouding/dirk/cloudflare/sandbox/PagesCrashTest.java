package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.cloudflare.Pages;
import nl.praatmetjeboekhouding.dirk.cloudflare.PagesDeployerProvider;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testkit.CrashContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Crashes of runs over the provider of Pages and the local Cloudflare, whose lists lag. */
final class PagesCrashTest extends CrashContract {

  @TempDir private Path project;
  private CloudflareSandbox sandbox = start();

  private CloudflareSandbox start() {
    return CloudflareSandbox.builder()
        .time(time())
        .listLag(Duration.ofSeconds(8))
        .propagation(Duration.ofSeconds(3))
        .start();
  }

  @Override
  protected void newVendor() {
    sandbox.close();
    sandbox = start();
    write("wrangler.jsonc", "{\"name\": \"contract\", \"pages_build_output_dir\": \"./dist\"}");
    Secret token = Secret.of("TOKEN", () -> CloudflareSandbox.TOKEN);
    try (Pages pages = Pages.open(sandbox.apiUri(), token, sandbox.accountId(), time())) {
      pages.createProject(
          Json.object().put("name", "contract").put("production_branch", "main"),
          CallContext.of(Duration.ofSeconds(20)));
    }
  }

  @AfterEach
  void closeSandbox() {
    sandbox.close();
  }

  @Override
  protected Deployer newDeployer() {
    ProviderConfig config =
        ProviderConfig.of("cloudflare-pages")
            .with("api", sandbox.apiUri().toString())
            .with("account", sandbox.accountId())
            .with("token", "${env:TOKEN}");
    return new PagesDeployerProvider()
        .create(
            new ProviderContext(
                "contract",
                project,
                config.settings(name -> Optional.of(CloudflareSandbox.TOKEN)),
                time()));
  }

  @Override
  protected void build(String content) {
    write("dist/index.html", content);
  }

  /** As the sandbox has them, whatever its lists show; the key begins the commit message. */
  @Override
  protected List<Version> versions(Target target) {
    boolean production = target.environment().equals(Environment.PRODUCTION);
    return sandbox.pagesDeployments("contract").stream()
        .filter(made -> made.production() == production)
        .map(made -> Version.of(made.id(), target).withKey(made.message().split(" ", 2)[0]))
        .toList();
  }

  private void write(String name, String text) {
    try {
      Path file = project.resolve(name);
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
