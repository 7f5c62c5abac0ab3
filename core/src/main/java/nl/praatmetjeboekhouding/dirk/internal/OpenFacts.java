package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.model.Progress;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.Activation;

/** What a run that has not ended did to production so far, as its own records tell. */
final class OpenFacts {

  private static final String UPLOAD = "upload ";
  private static final String PLAN = "plan";

  private OpenFacts() {}

  /**
   * As far as it came.
   *
   * @param environment what production is called
   */
  static Facts of(RunStream stream, String environment) {
    int newer = storiesAhead(stream);
    if (newer > 0) {
      return Facts.changed(Optional.empty());
    }
    return newer < 0
        ? LeftRun.of(stream, environment).facts(stream, environment)
        : ofThisStory(stream, environment);
  }

  /** The same of a deploy that a rollback came over: what it gave traffic is put away. */
  static Facts preempted(RunStream stream, String environment) {
    Facts facts = of(stream, environment);
    return facts.changedProduction() && facts.bad().isEmpty()
        ? Facts.changed(uploaded(stream, environment))
        : facts;
  }

  /** What it left out and said so, which counts also if somebody else ends it. */
  static List<String> notes(RunStream stream, String environment) {
    return storiesAhead(stream) > 0
        ? List.of()
        : stream
            .decided(Course.STEP + environment, Course.FORM)
            .map(Course::notes)
            .orElseGet(List::of);
  }

  /** By how many versions its story is newer than the one of its runbook here. */
  private static int storiesAhead(RunStream stream) {
    return stream.started().map(run -> run.story() - Stories.current().of(run.runbook())).orElse(0);
  }

  private static Facts ofThisStory(RunStream stream, String environment) {
    Optional<Base> base = stream.decided("read " + environment, Base.FORM);
    Optional<Version> before = base.flatMap(Base::version);
    if (stream.mayHaveHappened("put back " + environment)) {
      boolean isRollback =
          stream.started().filter(run -> !run.runbook().equals(RunHost.DEPLOY)).isPresent();
      Optional<Version> away = isRollback ? before : uploaded(stream, environment);
      Optional<Version> back = isRollback ? chosen(stream) : rehearsed(stream, base);
      return new Facts(true, Optional.empty(), away.stream().toList(), back, Map.of());
    }
    return mayHaveSwitched(stream, environment)
        ? Facts.changed(Optional.empty())
        : Facts.nothingChanged();
  }

  private static Optional<Version> uploaded(RunStream stream, String environment) {
    return stream
        .result(UPLOAD + environment)
        .filter(RunRecord.Result::done)
        .map(result -> Forms.VERSION.read(result.value()));
  }

  private static Optional<Version> chosen(RunStream stream) {
    for (String step : List.of(Choice.EARLIER, Choice.STEP)) {
      Optional<Version> version = stream.decided(step, Choice.FORM).flatMap(Choice::to);
      if (version.isPresent()) {
        return version;
      }
    }
    return Optional.empty();
  }

  private static Optional<Version> rehearsed(RunStream stream, Optional<Base> base) {
    return stream
        .decided(Fallback.STEP, Fallback.FORM)
        .map(Fallback::to)
        .orElseGet(() -> base.flatMap(Base::goBackTo));
  }

  /**
   * Whether a step may change what an environment gives its traffic to, or how it is served. Of
   * another story that is said of every step.
   */
  static boolean mayMoveTraffic(RunStream stream, String environment, String step) {
    if (storiesAhead(stream) != 0) {
      return true;
    }
    return !isOfStaging(stream, step)
        && (!step.equals(UPLOAD + environment) || switchesWithUpload(stream));
  }

  private static boolean isOfStaging(RunStream stream, String step) {
    return stream
        .decision(PLAN)
        .map(plan -> plan.value().at("/staging/target/environment").asText())
        .filter(staging -> !staging.isEmpty() && step.endsWith(" " + staging))
        .isPresent();
  }

  /**
   * What it uploaded and what the vendor will give the environment's traffic once it is done with
   * it, unless the run saw that.
   */
  static Optional<Version> atWork(RunStream stream, String environment) {
    return storiesAhead(stream) == 0 && switchesWithUpload(stream)
        ? stream
            .decided(Rollout.await(environment), Forms.VERSION)
            .or(() -> uploaded(stream, environment))
            .filter(version -> version.progress() instanceof Progress.Pending)
        : Optional.empty();
  }

  private static boolean mayHaveSwitched(RunStream stream, String environment) {
    return switchesWithUpload(stream)
        ? stream.mayHaveHappened(UPLOAD + environment)
        : stream.mayHaveHappened(Rollout.lastSwitch(environment))
            || stream.intents().stream()
                .filter(step -> step.startsWith(Rollout.rampPrefix(environment)))
                .anyMatch(stream::mayHaveHappened);
  }

  private static boolean switchesWithUpload(RunStream stream) {
    return stream
        .decision(PLAN)
        .map(RunRecord.Decision::value)
        .map((JsonNode plan) -> plan.at("/production/activation").asText())
        .filter(Activation.WITH_UPLOAD.name()::equals)
        .isPresent();
  }
}
