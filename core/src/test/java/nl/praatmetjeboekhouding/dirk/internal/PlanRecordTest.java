package nl.praatmetjeboekhouding.dirk.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;
import org.junit.jupiter.api.Test;

/** How a plan is written down. */
final class PlanRecordTest {

  private final Journal journal = MemoryJournal.create(ManualTime.create());
  private final Form<Plan> form = Plan.form(journal);

  @Test
  void listsTheFilesOfBothStagesOnceWhereTheyAreTheSame() throws IOException {
    Plan plan =
        plan(List.of(file("a", "1"), file("b", "2")), List.of(file("a", "1"), file("b", "2")));

    JsonNode record = form.write(plan);

    assertThat(record.findValuesAsText("name")).containsOnlyOnce("a", "b");
    assertThat(form.read(record)).isEqualTo(plan);
    assertThat(text(form.read(record).production().files().get(1))).isEqualTo("2");
  }

  @Test
  void listsTheFilesOfEachStageWhereTheyDiffer() throws IOException {
    Plan plan = plan(List.of(file("a", "1")), List.of(file("a", "2")));

    Plan read = form.read(form.write(plan));

    assertThat(read).isEqualTo(plan);
    assertThat(text(read.staging().orElseThrow().files().get(0))).isEqualTo("1");
    assertThat(text(read.production().files().get(0))).isEqualTo("2");
  }

  @Test
  void listsThemWithoutStagingAndWhereStagingHasNone() {
    Plan alone =
        new Plan("1", Optional.empty(), prepared(Environment.PRODUCTION, List.of(file("a", "1"))));
    Plan none = plan(List.of(), List.of());

    assertThat(form.read(form.write(alone))).isEqualTo(alone);
    assertThat(form.read(form.write(none))).isEqualTo(none);
  }

  @Test
  void readsWhatListsThemTwice() {
    Plan plan = plan(List.of(file("a", "1")), List.of(file("a", "1")));
    JsonNode record = form.write(plan);
    ((ObjectNode) record.path("production")).set("files", record.path("staging").path("files"));

    assertThat(record.findValuesAsText("name")).filteredOn("a"::equals).hasSize(2);
    assertThat(form.read(record)).isEqualTo(plan);
  }

  private static Plan plan(List<ContentFile> staging, List<ContentFile> production) {
    return new Plan(
        "1",
        Optional.of(prepared(Environment.STAGING, staging)),
        prepared(Environment.PRODUCTION, production));
  }

  private static Prepared prepared(Environment environment, List<ContentFile> files) {
    return Prepared.of(
        new Target("api", environment), "place " + environment, Activation.SPLIT, files);
  }

  private static ContentFile file(String name, String content) {
    return ContentFile.of(name, content.getBytes(UTF_8));
  }

  private static String text(ContentFile file) throws IOException {
    try (InputStream content = file.open()) {
      return new String(content.readAllBytes(), UTF_8);
    }
  }
}
