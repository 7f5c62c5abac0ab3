package nl.praatmetjeboekhouding.dirk.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;

/**
 * What a run of an older story had done to production when it was left, as its records tell. Each
 * story has its reader, which stays as it is for ever.
 *
 * @param runbook {@code deploy} or {@code rollback}
 * @param story the version of the story that wrote the records
 * @param label what the release is called; empty text if that was not planned yet
 * @param resource the vendor's own name of production; empty if nothing was planned yet
 * @param reversible whether the vendor can put the version before back
 * @param stagingMayBeNewer whether staging may have got the release
 * @param before what served production before
 * @param uploaded the version that production was to get, once it is there
 * @param switching the effect that sends production traffic to it, if it was intended
 * @param switchesWithUpload whether that effect is the upload
 * @param settings those to be set beside the version; empty if they were not compared yet
 * @param gateFailed whether the new version was seen to be sick
 * @param cancelled why the run was cancelled, if somebody did
 * @param good what was to be put back
 * @param puttingBack the effect that puts it back, if it was intended
 */
record LeftRun(
    String runbook,
    int story,
    String label,
    Optional<String> resource,
    boolean reversible,
    boolean stagingMayBeNewer,
    Before before,
    Optional<Version> uploaded,
    Optional<String> switching,
    boolean switchesWithUpload,
    Optional<List<LiveSetting>> settings,
    boolean gateFailed,
    Optional<String> cancelled,
    Optional<Version> good,
    Optional<String> puttingBack) {

  /**
   * What served production before the run changed it.
   *
   * @param deployment empty if nothing ever served it, or it was not read yet
   * @param version the one version that got all traffic
   * @param settings what was live beside it
   * @param baseline what the probe saw then
   */
  record Before(
      Optional<Deployment> deployment,
      Optional<Version> version,
      List<LiveSetting> settings,
      Baseline baseline) {}

  /**
   * What the records of an older story tell.
   *
   * @param environment what production is called
   */
  static LeftRun of(RunStream stream, String environment) {
    int story = stream.started().orElseThrow().story();
    if (story == FirstStory.VERSION) {
      return FirstStory.read(stream, environment);
    }
    throw new JournalException(
        JournalException.Kind.CORRUPT, "no story of version " + story + " was ever told");
  }

  boolean isRollback() {
    return runbook.equals(RunHost.ROLLBACK);
  }

  /** What is put away where {@code good} is put back. */
  Optional<Version> away() {
    return isRollback() ? before.version() : uploaded;
  }

  /** What {@code good} called itself while it served, if somebody looked then. */
  Optional<String> identityOfGood() {
    boolean served = good.map(Version::id).equals(before.version().map(Version::id));
    return served ? before.baseline().identity() : Optional.empty();
  }

  /** What it did to production, for other runs, as far as nobody has recovered it. */
  Facts facts(RunStream stream, String environment) {
    boolean mayBeBack =
        puttingBack.filter(stream::mayHaveHappened).isPresent()
            || stream.mayHaveHappened(RecoveredWayBack.step(environment));
    if (mayBeBack) {
      return new Facts(true, Optional.empty(), away().stream().toList(), good, Map.of());
    }
    return switching.filter(stream::mayHaveHappened).isPresent()
        ? Facts.changed(Optional.empty())
        : Facts.nothingChanged();
  }
}
