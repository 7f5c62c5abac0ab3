package nl.praatmetjeboekhouding.dirk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.internal.Folded;
import nl.praatmetjeboekhouding.dirk.journal.FileJournal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Records the golden journals of this version of the stories; run with {@code -Dgolden.write=v2}
 * once before a story's version is raised, and never again: what was recorded is not overwritten.
 */
@EnabledIfSystemProperty(named = "golden.write", matches = "v\\d+")
final class GoldenWriterTest {

  @Test
  void recordsEveryRun() throws IOException {
    Path all = Path.of("src/test/resources/golden", System.getProperty("golden.write"));
    assertThat(all).doesNotExist();

    for (Map.Entry<String, GoldenRuns.Golden> golden : GoldenRuns.all().entrySet()) {
      record(golden.getValue(), Files.createDirectories(all.resolve(golden.getKey())));
    }

    assertThat(all).isDirectory();
  }

  private static void record(GoldenRuns.Golden golden, Path folder) throws IOException {
    Scene scene = new Scene(golden.shape());
    Optional<SettingsVendor> settings =
        golden.hasSettings() ? Optional.of(new SettingsVendor(scene.deployer)) : Optional.empty();
    settings.ifPresent(vendor -> scene.vendor = vendor);
    ObjectNode about = new JsonMapper().createObjectNode();
    about.put("shape", golden.shape().name());
    try (FileJournal journal = FileJournal.open(folder, scene.time)) {
      GoldenRecorder recorder =
          new GoldenRecorder(journal, () -> GoldenState.of(scene.deployer, settings));
      scene.journal = recorder;
      golden.before().accept(scene);
      recorder.forget();
      golden.run().accept(scene);
      about.set("runs", Folded.runs(journal));
      about.set(
          "known",
          Folded.known(journal, Scene.PRODUCTION, scene.deployer.resource(Scene.PRODUCTION)));
      about.set("vendor", recorder.timeline());
    }
    Files.deleteIfExists(folder.resolve("journal.lock"));
    Files.deleteIfExists(folder.resolve("used.lock"));
    Files.writeString(folder.resolve("golden.json"), lines(about));
  }

  /** A line for each run and each state, for whoever compares two. */
  private static String lines(ObjectNode about) {
    return about.toString().replaceAll("(?=\\{\"(taskId|stream)\"|\"(known|vendor)\":)", "\n")
        + "\n";
  }
}
