package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static nl.praatmetjeboekhouding.dirk.Scene.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.context.ContextCheck;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.internal.Folded;
import nl.praatmetjeboekhouding.dirk.internal.Host;
import nl.praatmetjeboekhouding.dirk.internal.Workshop;
import nl.praatmetjeboekhouding.dirk.journal.FileJournal;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.run.OpenRun;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run of an older story is brought to a safe end wherever its process was killed, and whatever
 * its last request came to; nothing of it happens twice.
 */
final class RecoveryTest {

  private static final Host.Who ADA = new Host.Who("ada", "a newer Dirk is here");

  @TempDir private Path folder;

  /** A story later than the first, if this Dirk has not come to that yet. */
  private static int deployStory() {
    return Math.max(2, Folded.stories().getOrDefault("deploy", 0));
  }

  private static int rollbackStory() {
    return Math.max(2, Folded.stories().getOrDefault("rollback", 0));
  }

  private static int storyOf(Goldens.Kept golden) {
    return golden.runbook().equals("deploy") ? deployStory() : rollbackStory();
  }

  private static final List<Goldens.Kept> GOLDENS = Goldens.all();

  private static Goldens.Kept golden(String name) {
    return GOLDENS.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  /** What is left of a golden run at one boundary, at a vendor in one of the states that fit. */
  private static final class Left implements AutoCloseable {

    final Goldens.Kept golden;
    final Scene scene;
    final GoldenState before;
    final boolean isSick;
    final Optional<String> servedBefore;
    final Journal journal;
    final List<String> lines;

    Left(Goldens.Kept golden, int entries, GoldenState state, boolean isSick) {
      this.golden = golden;
      this.before = state;
      this.isSick = isSick;
      this.lines = golden.cut(entries);
      this.scene = new Scene(golden.shape());
      this.journal = Goldens.remembered(lines, scene.time);
      for (var target : List.of(STAGING, PRODUCTION)) {
        scene.deployer.restore(target, state.made(target), state.served(target));
      }
      this.servedBefore = scene.serving();
      if (!state.crons().isEmpty()) {
        SettingsVendor settings = new SettingsVendor(scene.deployer);
        state
            .crons()
            .forEach(
                (target, crons) ->
                    settings.set(
                        target,
                        new LiveSetting(SettingsVendor.CRONS, crons, crons),
                        new StepKey("seed", "seed"),
                        Scene.CALL));
        scene.vendor = settings;
      }
      if (isSick) {
        scene.sickInProduction(golden.runbook().equals("deploy") ? wanted() : "2");
      }
    }

    RunReport recover() {
      return recover(journal, Cancellation.create());
    }

    RunReport resumeOn(Host host) {
      return host.resume(
          golden.run(), scene.runbooks().service(), workshop(), ADA, Cancellation.create());
    }

    RunReport recover(Journal through, Cancellation cancellation) {
      return Folded.host(through, scene.time, new RunListener() {}, deployStory(), rollbackStory())
          .resume(golden.run(), scene.runbooks().service(), workshop(), ADA, cancellation);
    }

    /** Nobody builds or tests again. */
    private Workshop workshop() {
      return new Workshop(
          ContextCheck.none(),
          Optional.of(
              (output, stop) -> {
                throw new AssertionError("an older story's work was begun anew");
              }),
          Optional.empty(),
          () -> "2");
    }

    /** What serves production if the run comes to what it was asked for. */
    String wanted() {
      return golden.runbook().equals("rollback") || golden.name().endsWith("first") ? "1" : "2";
    }

    /** What is right for what its records say and what the vendor has. */
    Outcome expected() {
      boolean isBack = has("intent", "put back production");
      if (golden.runbook().equals("rollback")) {
        return isBack ? Outcome.SUCCEEDED : Outcome.FAILED_SAFE;
      }
      boolean isCancelled =
          entries().anyMatch(entry -> entry.path("type").asText().equals("cancelled"));
      if (!hasMoved(golden, before)) {
        return isCancelled ? Outcome.CANCELLED : Outcome.FAILED_SAFE;
      }
      boolean isHeld = entries().anyMatch(entry -> entry.path("type").asText().equals("ended"));
      boolean hasFailed =
          !isHeld
              && entries()
                  .filter(entry -> entry.at("/data/step").asText().equals("check production"))
                  .anyMatch(entry -> entry.at("/data/value/kind").asText().equals("FAIL"));
      boolean isWhole =
          before.crons().isEmpty()
              || (has("decision", "compare settings of production")
                  && "daily".equals(before.crons().get(PRODUCTION)));
      if (!isBack && !isCancelled && !hasFailed && !isSick && isWhole) {
        return Outcome.SUCCEEDED;
      }
      boolean hasWay = golden.shape() != InMemoryDeployer.Shape.AT_ONCE && base().isPresent();
      return hasWay ? Outcome.ROLLED_BACK : Outcome.HELD;
    }

    private boolean has(String type, String step) {
      return entries()
          .filter(entry -> entry.path("type").asText().equals(type))
          .anyMatch(entry -> entry.at("/data/step").asText().equals(step));
    }

    private Stream<JsonNode> entries() {
      return lines.stream()
          .map(Goldens::json)
          .filter(entry -> entry.path("stream").asText().equals("run:" + golden.run()));
    }

    int madeBefore() {
      return before.served(PRODUCTION).size();
    }

    /** What served production before this run changed it, or empty if nothing did. */
    Optional<String> base() {
      return entries()
          .filter(entry -> entry.at("/data/step").asText().equals("read production"))
          .map(entry -> entry.at("/data/value/version/release/label"))
          .filter(JsonNode::isTextual)
          .map(JsonNode::asText)
          .findFirst();
    }

    @Override
    public void close() {
      journal.close();
    }
  }

  private static boolean isOver(Goldens.Kept golden, int entries) {
    JsonNode runs = golden.about().path("runs");
    boolean isFinal = false;
    for (JsonNode run : runs) {
      isFinal |=
          run.path("taskId").asText().equals(golden.run())
              && Outcome.valueOf(run.path("outcome").asText()).isFinal();
    }
    return entries == golden.length() && isFinal;
  }

  static Stream<Arguments> everythingLeft() {
    Set<String> seen = new HashSet<>();
    return GOLDENS.stream()
        .filter(golden -> golden.story() < storyOf(golden))
        .flatMap(
            golden ->
                IntStream.rangeClosed(1, golden.length())
                    .filter(entries -> !isOver(golden, entries))
                    .boxed()
                    .flatMap(entries -> left(golden, entries)))
        .filter(
            left -> {
              Object[] one = left.get();
              return seen.add(one[3] + " " + one[2] + ((Goldens.Kept) one[0]).cut((int) one[1]));
            });
  }

  /** Whether the run sent production traffic to its version. */
  private static boolean hasMoved(Goldens.Kept golden, GoldenState state) {
    return state.served(PRODUCTION).stream()
        .flatMap(made -> made.key().stream())
        .anyMatch(key -> key.startsWith("dirk:" + golden.run() + ":"));
  }

  /** At a vendor in each of the states that fit; sick only where somebody could see it. */
  private static Stream<Arguments> left(Goldens.Kept golden, int entries) {
    return golden.states(entries).stream()
        .flatMap(
            state ->
                (hasMoved(golden, state) ? Stream.of(false, true) : Stream.of(false))
                    .map(sick -> Arguments.of(golden, entries, state, sick)));
  }

  @ParameterizedTest(name = "{0} after {1} entries, sick: {3}")
  @MethodSource("everythingLeft")
  void endsSafely(Goldens.Kept golden, int entries, GoldenState state, boolean isSick) {
    try (Left left = new Left(golden, entries, state, isSick)) {
      RunReport report = left.recover();

      assertThatItIsTrue(left, report);
      assertThatNothingHappenedTwice(left);
      assertThat(report.notes()).anyMatch(note -> note.contains("recovered, not continued"));
      if (report.outcome().isFinal()) {
        assertThat(left.recover()).isEqualTo(report);
      }
      assertThat(left.journal.holder("memory:" + PRODUCTION)).isEmpty();
      assertThat(left.journal.holder("run:" + golden.run())).isEmpty();
    }
  }

  private static void assertThatItIsTrue(Left left, RunReport report) {
    Optional<String> serving = left.scene.serving();
    boolean isForeign = left.golden.name().endsWith("/conflict");
    assertThat(report.outcome())
        .isIn(left.expected(), isForeign ? Outcome.CONFLICT : left.expected());
    switch (report.outcome()) {
      case SUCCEEDED -> assertThat(serving).contains(left.wanted());
      case ROLLED_BACK -> assertThat(serving).isEqualTo(left.base());
      case HELD -> assertThat(report.reason()).contains("NO_WAY_BACK");
      default ->
          assertThat(left.scene.deployer.activations(PRODUCTION)).isEqualTo(left.madeBefore());
    }
  }

  private static void assertThatNothingHappenedTwice(Left left) {
    for (var target : List.of(STAGING, PRODUCTION)) {
      assertThat(left.scene.deployer.versions(target)).isEqualTo(left.before.made(target));
      assertThat(left.scene.deployer.deployments(target))
          .extracting(Deployment::key)
          .filteredOn(Optional::isPresent)
          .doesNotHaveDuplicates();
    }
    boolean isAsItWas = left.scene.serving().equals(left.servedBefore);
    assertThat(left.scene.deployer.activations(PRODUCTION))
        .isEqualTo(left.madeBefore() + (isAsItWas ? 0 : 1));
    assertThat(left.scene.deployer.activations(STAGING))
        .isEqualTo(left.before.served(STAGING).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1/with-staging",
        "v1/rolled-back",
        "v1/settings-sick",
        "v1/lost-answer-sick",
        "v1/rollback"
      })
  void isRecoveredByWhoeverFindsItsRecoveryLeft(String name) {
    Goldens.Kept golden = golden(name);
    for (int entries = 1; entries < golden.length(); entries++) {
      GoldenState state = golden.states(entries).get(golden.states(entries).size() - 1);
      if (!hasMoved(golden, state) && entries % 5 != 0) {
        continue;
      }
      RunReport undisturbed;
      try (Left left = new Left(golden, entries, state, true)) {
        undisturbed = left.recover();
      }
      boolean died = true;
      for (int survived = 0; died; survived++) {
        try (Left left = new Left(golden, entries, state, true)) {
          DyingJournal dying = new DyingJournal(left.journal, survived);
          RunReport report = left.recover(dying, Cancellation.create());
          died = dying.isDead();
          left.scene.time.advance(Duration.ofMinutes(5));
          RunReport after = left.recover();

          assertThat(after.outcome())
              .as("%s, %s, %s", entries, survived, report)
              .isEqualTo(undisturbed.outcome());
          assertThatNothingHappenedTwice(left);
        }
      }
    }
  }

  @Test
  void leavesARunOfANewerStoryAlone() throws IOException {
    Goldens.Kept golden = golden("v1/with-staging");
    for (int entries = 1; entries < golden.length(); entries++) {
      List<String> lines = golden.cut(entries);
      ManualTime time = ManualTime.startingAt(Goldens.Kept.after(lines));
      Path copy = golden.copy(folder.resolve("" + entries), lines);
      try (FileJournal journal = FileJournal.open(copy, time);
          Left left = new Left(golden, entries, golden.states(entries).get(0), false)) {
        Host older = Folded.host(journal, time, new RunListener() {}, 0, 0);

        RunReport report = left.resumeOn(older);

        assertThat(report.outcome()).isEqualTo(Outcome.WAITING);
        assertThat(report.reason()).contains("NEWER_STORY");
        assertThat(report.summary()).contains("by a newer Dirk").contains("left as it is");
        assertThat(older.abandon(golden.run(), ADA).reason()).contains("NEWER_STORY");
        assertThat(older.open()).extracting(OpenRun::taskId).contains(golden.run());
        assertThat(copy.resolve("journal.log")).hasContent(String.join("\n", lines) + "\n");
      }
    }
  }

  @Test
  void tellsWhatARunOfANewerStoryCameTo() {
    Goldens.Kept golden = golden("v1/with-staging");
    try (Left left =
        new Left(golden, golden.length(), golden.states(golden.length()).get(0), false)) {
      Host older = Folded.host(left.journal, left.scene.time, new RunListener() {}, 0, 0);

      assertThat(left.resumeOn(older).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
  }

  @Test
  void isHeldWhereTheVendorCannotTellAndLooksAgain() {
    try (Left left = afterTheIntent("v1/with-staging", "activate production", false)) {
      IntStream.range(0, 1000)
          .forEach(
              count ->
                  left.scene.deployer.failNext(
                      InMemoryDeployer.Call.FIND, FailureKind.UNAVAILABLE));

      RunReport held = left.recover();
      left.scene.deployer.forgetPlanted();
      RunReport report = left.recover();

      assertThat(held.outcome()).isEqualTo(Outcome.HELD);
      assertThat(held.summary()).contains("Whether 2 serves production could not be told");
      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
  }

  @Test
  void putsBackWhenItIsCancelledOnceProductionMoved() {
    try (Left left = afterTheIntent("v1/with-staging", "activate production", false)) {
      RunReport report = left.recover(left.journal, cancelled());

      assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(report.reason()).contains("CANCELLED");
      assertThat(left.scene.serving()).contains("1");
    }
  }

  @Test
  void saysThatSomebodyElseChangedProductionMeanwhile() {
    try (Left left = afterTheIntent("v1/with-staging", "check production", false)) {
      left.scene.deployer.deployForeign(PRODUCTION, "hotfix");

      RunReport report = left.recover();

      assertThat(report.outcome()).isEqualTo(Outcome.CONFLICT);
      assertThat(left.scene.serving()).contains("hotfix");
    }
  }

  @Test
  void saysThatSomebodyElseCameWhileItLookedAtWhatItPutBack() {
    try (Left left = afterTheIntent("v1/with-staging", "activate production", false)) {
      left.scene.probe.then(
          endpoint -> {
            if (!left.scene.serving().equals(Optional.of("hotfix"))) {
              left.scene.deployer.deployForeign(PRODUCTION, "hotfix");
            }
            return left.scene.probe.reading(Health.INCONCLUSIVE, "throttled");
          });

      RunReport report = left.recover(left.journal, cancelled());

      assertThat(report.outcome()).isEqualTo(Outcome.CONFLICT);
      assertThat(left.scene.serving()).contains("hotfix");
    }
  }

  @Test
  void isHeldWhereWhatItPutBackCannotBeLookedAtAgain() {
    try (Left left = afterTheIntent("v1/with-staging", "activate production", false)) {
      var truth = left.scene.probe.rule();
      left.scene.probe.then(
          endpoint -> {
            IntStream.range(0, 1000)
                .forEach(
                    count ->
                        left.scene.deployer.failNext(
                            InMemoryDeployer.Call.ACTIVE, FailureKind.UNAVAILABLE));
            return truth.apply(endpoint);
          });

      RunReport report = left.recover(left.journal, cancelled());

      assertThat(report.outcome()).isEqualTo(Outcome.HELD);
      assertThat(report.summary()).contains("could not be looked at again");
      assertThat(left.scene.serving()).contains("1");
    }
  }

  private static Cancellation cancelled() {
    Cancellation cancellation = Cancellation.create();
    cancellation.cancel("not today");
    return cancellation;
  }

  @Test
  void saysThatStagingMayBeNewer() {
    try (Left left = afterTheIntent("v1/with-staging", "read production", false)) {
      RunReport report = left.recover();

      assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
      assertThat(report.notes()).contains("Staging may have 2 by now.");
    }
  }

  @Test
  void showsTheStepsOfBothStories() {
    try (Left left = afterTheIntent("v1/with-staging", "activate production", false)) {
      assertThat(left.recover().steps())
          .extracting(step -> step.name())
          .containsExactly(
              "check context",
              "test",
              "plan",
              "read staging",
              "look at staging",
              "upload staging",
              "activate staging",
              "check staging",
              "read production",
              "look at production",
              "upload production",
              "activate production",
              "see production in recovery",
              "check production in recovery");
    }
  }

  /** Left as soon as this step stood in the journal, at a vendor where it had happened. */
  private Left afterTheIntent(String name, String step, boolean isSick) {
    Goldens.Kept golden = golden(name);
    for (int entries = 1; entries <= golden.length(); entries++) {
      List<String> lines = golden.cut(entries);
      JsonNode last = Goldens.json(lines.get(lines.size() - 1));
      if (last.path("data").path("step").asText().equals(step)) {
        List<GoldenState> states = golden.states(entries);
        return new Left(golden, entries, states.get(states.size() - 1), isSick);
      }
    }
    throw new AssertionError("no step " + step);
  }
}
