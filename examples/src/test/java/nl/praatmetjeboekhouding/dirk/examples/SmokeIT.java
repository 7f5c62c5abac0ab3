package nl.praatmetjeboekhouding.dirk.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts examples from the jars as they were built, and lets each find its providers. */
class SmokeIT {

  private static final Path JARS = Path.of("target/jars").toAbsolutePath();
  private static final String MODULE = "nl.praatmetjeboekhouding.dirk.examples";

  @TempDir private Path folder;

  @ParameterizedTest(name = "from the {0} with {1}")
  @CsvSource({
    "module path, this JDK",
    "class path, this JDK",
    "module path, JDK 25",
    "class path, JDK 25"
  })
  void deploysAWorker(String from, String jdk) throws IOException {
    Jvm jvm = jvm(jdk);
    try (Scene scene = new Scene(folder).releasing("0.2.1")) {

      Jvm.Ran ran = start(jvm, from, "FirstDeploy", scene.runbook().toString());

      assertThat(ran.exit()).as(ran.output()).isZero();
      assertThat(scene.serving()).isEqualTo("0.2.1");
    }
  }

  @ParameterizedTest(name = "from the {0} with {1}")
  @CsvSource({
    "module path, this JDK",
    "class path, this JDK",
    "module path, JDK 25",
    "class path, JDK 25"
  })
  void deploysWithAProviderOfItsOwn(String from, String jdk) throws IOException {
    Jvm jvm = jvm(jdk);
    Path releases = folder.resolve("releases");
    Path live = releases.resolve("site/production/current");
    Files.createDirectories(folder.resolve("site/public"));
    Files.writeString(folder.resolve("site/public/health.json"), "{ \"version\": \"7\" }");
    try (WebServer server = WebServer.of(live)) {

      Jvm.Ran ran =
          start(
              jvm,
              from,
              "OwnProvider",
              folder.resolve("site").toString(),
              releases.toString(),
              server.at("/health.json").toString());

      assertThat(ran.exit()).as(ran.output()).isZero();
      assertThat(live.resolve("health.json")).content().contains("7");
    }
  }

  private static Jvm jvm(String jdk) {
    if (jdk.equals("this JDK")) {
      return Jvm.current();
    }
    Optional<Jvm> newest = Jvm.newest();
    assumeTrue(newest.isPresent(), "there is no JDK 25: set JAVA_25_HOME to have it tested");
    return newest.get();
  }

  private static Jvm.Ran start(Jvm jvm, String from, String example, String... arguments)
      throws IOException {
    Stream<String> start =
        from.equals("module path")
            ? Stream.of("-p", JARS.toString(), "-m", MODULE + "/" + MODULE + "." + example)
            : Stream.of("-cp", JARS + "/*", MODULE + "." + example);
    return jvm.run(List.copyOf(Stream.concat(start, Stream.of(arguments)).toList()));
  }
}
