package nl.praatmetjeboekhouding.dirk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.config.CommandConfig;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.config.EnvironmentConfig;
import nl.praatmetjeboekhouding.dirk.config.HealthConfig;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.config.ServiceConfig;
import nl.praatmetjeboekhouding.dirk.config.VersionRule;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.ScriptedProbe;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * A tool that deploys {@code api} from a folder, in a process of its own, and closes its Dirk on
 * the way out or does not. Arguments: the folder, and whether it does.
 */
final class ToldToEnd {

  private ToldToEnd() {}

  public static void main(String[] arguments) {
    Dirk dirk = open(Path.of(arguments[0]), TimeSource.system());
    if (Boolean.parseBoolean(arguments[1])) {
      Runtime.getRuntime().addShutdownHook(new Thread(dirk::close, "dirk-close"));
    }
    RunReport report = dirk.deploy(DeployRequest.of("api").taskId("t-1"));
    System.out.println(report.outcome());
    System.out.flush();
  }

  static Process start(Path folder, boolean closes) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                ToldToEnd.class.getName(),
                folder.toString(),
                Boolean.toString(closes)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  static Dirk open(Path folder, TimeSource time) {
    InMemoryDeployer vendor = InMemoryDeployer.of(InMemoryDeployer.Shape.SPLITTING, time);
    ScriptedProbe eyes =
        ScriptedProbe.healthy(time, endpoint -> vendor.serving(Scene.targetOf(endpoint)));
    EnvironmentConfig production =
        EnvironmentConfig.of(
            HealthConfig.of(
                Endpoint.of(
                    URI.create("https://api.example/health"),
                    new IdentityRule.Pointer("/version"))));
    return Dirk.builder()
        .time(time)
        .provider(vendor.provider("memory"))
        .provider(eyes.provider("scripted"))
        .config(
            DirkConfig.of(
                    ServiceConfig.of("api", folder, ProviderConfig.of("memory"), production)
                        .withTest(CommandConfig.of("sh", "test.sh"))
                        .withProbe(ProviderConfig.of("scripted"))
                        .withVersion(new VersionRule.Text("1")))
                .withJournal(folder.resolve("journal")))
        .open();
  }
}
