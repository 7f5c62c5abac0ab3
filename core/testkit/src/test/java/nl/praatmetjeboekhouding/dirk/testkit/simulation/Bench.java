package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Artifact;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;

/** What a strategy has at hand in one process: the vendor, the time, and what it noted down. */
final class Bench {

  /** What a strategy noted down, which outlives its processes. */
  static final class Notes {
    private final Map<String, String> texts = new HashMap<>();
  }

  private static final CallContext CALL = CallContext.of(Duration.ofSeconds(30));
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Episode episode;
  private final Ask ask;
  private final SimulatedProcess process;
  private final Deployer vendor;
  private final Target target;
  private final Notes notes;

  Bench(Episode episode, Ask ask, Notes notes) {
    this.episode = episode;
    this.ask = ask;
    this.process = new SimulatedProcess(episode, ask);
    this.vendor = new PatientReads(new ProcessDeployer(process));
    this.target = episode.world().production().target;
    this.notes = notes;
  }

  /** Uploads the release: the version. */
  String upload() {
    Prepared prepared = episode.world().prepare(target, process.content());
    Artifact artifact = Artifact.of(process.content().label(), prepared.files());
    return vendor.upload(new UploadRequest(prepared, artifact, key("upload")), CALL).id();
  }

  /** Sends all traffic to a version: the deployment. */
  String activate(String version) {
    ActivateRequest request =
        new ActivateRequest(
            target,
            Split.all(version),
            new ExpectedBase.Anything(),
            key("switch"),
            "to compare strategies");
    return vendor.activate(request, CALL).id();
  }

  /** The version that an upload made, as far as it is to be seen. */
  Optional<String> findUpload() {
    return vendor.findUpload(looking("upload"), CALL) instanceof Sighting.Done<Version> done
        ? Optional.of(done.value().id())
        : Optional.empty();
  }

  /** The deployment that a switch made, as far as it is to be seen. */
  Optional<String> findActivation() {
    Sighting<Deployment> seen = vendor.findActivation(looking("switch"), CALL);
    if (seen instanceof Sighting.Done<Deployment> done) {
      return Optional.of(done.value().id());
    }
    return seen instanceof Sighting.Superseded<Deployment> past
        ? Optional.of(past.value().id())
        : Optional.empty();
  }

  /** The deployment that serves, as far as it is to be seen. */
  Optional<String> active() {
    return vendor.active(target, CALL).map(Deployment::id);
  }

  /** Asks Dirk for it. */
  RunReport askDirk() {
    return ask.order.ask(episode.runbooks(process));
  }

  Optional<String> noted(String name) {
    return Optional.ofNullable(notes.texts.get(name));
  }

  /** Notes it down, and gives it back. */
  String note(String name, String text) {
    notes.texts.put(name, text);
    return text;
  }

  long now() {
    return episode.time().nanoTime();
  }

  void pause() {
    episode.time().pass(PAUSE);
  }

  private StepKey key(String step) {
    return new StepKey(ask.task, step);
  }

  private FindRequest looking(String step) {
    return new FindRequest(key(step), target, episode.time().instant());
  }
}
