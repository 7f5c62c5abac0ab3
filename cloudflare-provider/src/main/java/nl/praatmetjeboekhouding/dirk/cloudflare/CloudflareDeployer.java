package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Consent;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.spi.LiveSettings;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Reach;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;

/**
 * Deploys the Worker of a wrangler project. A Worker that was never deployed is put, code and
 * traffic at once, and so is a service worker each time; any other gets a version first and its
 * traffic afterwards.
 */
final class CloudflareDeployer implements Deployer, LiveSettings, Reach {

  /**
   * How long Cloudflare's lists may not show what was written. Nobody has published a figure; the
   * longest wait that people put into their scripts for it is 10 seconds, so that three times that
   * is taken: see docs/decisions.
   */
  static final Duration SETTLE_WINDOW = Duration.ofSeconds(30);

  private static final Pattern VERSION_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /** A key of a structured dictionary (RFC 9651, 3.2): not every Worker's name is one. */
  private static final Pattern DICTIONARY_KEY = Pattern.compile("[a-z*][a-z0-9_.*-]*");

  private final Workers workers;
  private final Projects projects;
  private final Known<Projects.Reading> known;
  private final Duration settleWindow;
  private final LiveState live;
  private final Sightings sightings;

  CloudflareDeployer(Workers workers, Projects projects, Duration settleWindow) {
    this.workers = workers;
    this.projects = projects;
    this.settleWindow = settleWindow;
    known = new Known<>("the Worker", projects::read, Projects.Reading::worker);
    live = new LiveState(workers, projects.overrides().consents().contains(Consent.TAKEN_DOMAINS));
    sightings = new Sightings(workers);
  }

  @Override
  public String resource(Target target) {
    return resource(known.still(target).worker());
  }

  private String resource(String worker) {
    return "cloudflare:" + workers.account() + "/worker/" + worker;
  }

  @Override
  public Prepared prepare(PrepareRequest request, CallContext call) {
    Remaining remaining = new Remaining(call, workers.time());
    Projects.Reading said = projects.read(request.target());
    WranglerProject project = said.project(workers.account());
    known.remember(request.target(), said);
    ProjectSite.refuse(project, "a runbook could not go back to those of the version before");
    workers.api().reserve();
    ProjectAssets assets = projects.assets(project);
    Optional<JsonNode> serving =
        workers.deployments(project.name(), remaining.call()).stream().findFirst();
    boolean first = serving.isEmpty();
    PendingMigration migration =
        PendingMigration.of(
            project.migrations(),
            first || project.migrations().isEmpty()
                ? Optional.empty()
                : workers.migrationTag(project.name(), remaining.call()));
    if (first) {
      GivenSecrets.none()
          .requireAll(
              project,
              "set them first, with Workers.secrets().makingWorkers() or wrangler secret put");
    }
    Plan plan = assets.in(GivenSecrets.none().placed(project, Plan.of(project, first, migration)));
    List<String> warnings = new ArrayList<>(project.warnings());
    migration.warning().ifPresent(warnings::add);
    warnings.addAll(new UploadCheck(workers, plan, remaining::call).run());
    warnings.addAll(Attachment.notPutBack(plan));
    Provisioning missing = Provisioning.look(workers, plan, remaining::call);
    Plan bound = missing.run();
    warnings.addAll(missing.warnings());
    List<ContentFile> files =
        Stream.concat(Plan.files(project).stream(), assets.files().stream()).toList();
    Sentences sentences =
        new PlannedVersion(
                workers, bound, project.requiredSecrets(), files, assets, remaining::call)
            .compare(serving);
    warnings.addAll(sentences.warnings());
    Prepared prepared =
        Prepared.of(
                request.target(),
                resource(project.name()),
                plan.atOnce() ? Activation.WITH_UPLOAD : Activation.SPLIT,
                files)
            .withSettings(plan.json().toString())
            .withChanges(
                Stream.concat(
                        sentences.changes().stream(),
                        missing.made().stream().map(what -> "Makes the " + what))
                    .toList())
            .withWarnings(warnings);
    return first || migration.json().isPresent() ? prepared.irreversible() : prepared;
  }

  @Override
  public Version upload(UploadRequest request, CallContext call) {
    Remaining remaining = new Remaining(call, workers.time());
    HalfWay done = new HalfWay();
    Plan planned = Plan.parse(request.prepared().settings());
    known.begin(request.key(), request.prepared().target(), planned.worker());
    Plan plan = Provisioning.make(workers, planned, remaining::call).run(new ArrayList<>(), done);
    try {
      return upload(request, plan, remaining, call);
    } catch (ProviderException e) {
      throw done.told(e);
    }
  }

  private Version upload(UploadRequest request, Plan plan, Remaining remaining, CallContext call) {
    Target target = request.prepared().target();
    List<WorkerModule> modules = plan.modules(request.artifact().files());
    ObjectNode metadata =
        ProjectAssets.kept(plan, request.artifact().files())
            .broughtFor(
                plan.metadata(Annotations.ofUpload(request.key(), request.artifact().release())),
                workers.api(),
                plan.worker(),
                remaining,
                new Repeats(call, workers.time()));
    if (!plan.atOnce()) {
      return Answers.version(
              workers.uploadVersion(plan.worker(), metadata, modules, remaining.call()), target)
          .withRelease(request.artifact().release())
          .withKey(request.key().text());
    }
    Optional<String> live =
        Answers.liveVersion(workers.upload(plan.worker(), metadata, modules, remaining.call()));
    return live.isPresent()
        ? Version.of(live.get(), target)
            .withRelease(request.artifact().release())
            .withKey(request.key().text())
        : readBack(request.key(), plan.worker(), target, call);
  }

  /** Looks up the version that a put made, where the answer does not name it. */
  private Version readBack(StepKey key, String worker, Target target, CallContext call) {
    String unseen = "Cloudflare took Worker " + worker + ", but its version is not to be seen yet";
    try {
      FindRequest ours = new FindRequest(key, target, Instant.EPOCH);
      if (sightings.upload(ours, worker, call) instanceof Sighting.Done<Version> done) {
        return done.value();
      }
    } catch (ProviderException e) {
      throw ProviderException.with(FailureKind.UNREADABLE, unseen).cause(e).build();
    }
    throw ProviderException.of(FailureKind.UNREADABLE, unseen);
  }

  @Override
  public Deployment activate(ActivateRequest request, CallContext call) {
    Projects.Reading said = known.of(request.key(), request.target());
    ObjectNode deployment =
        Deployments.of(
            request.split(),
            Annotations.ofActivation(request.key(), request.reason()),
            said.codeUpdate());
    JsonNode made = workers.deploy(said.worker(), deployment, call);
    return Answers.deployment(made, request.target()).withKey(request.key().text());
  }

  @Override
  public Optional<Deployment> active(Target target, CallContext call) {
    return workers.deployments(known.of(target).worker(), call).stream()
        .findFirst()
        .map(deployment -> Answers.deployment(deployment, target));
  }

  @Override
  public Optional<Version> version(Target target, String id, CallContext call) {
    if (!VERSION_ID.matcher(id).matches()) {
      return Optional.empty();
    }
    return workers
        .version(known.of(target).worker(), id, call)
        .map(version -> Answers.version(version, target));
  }

  /** One page: Cloudflare shows about ten. */
  @Override
  public DeploymentPage deployments(Target target, Optional<String> cursor, CallContext call) {
    return new DeploymentPage(
        workers.deployments(known.of(target).worker(), call).stream()
            .map(deployment -> Answers.deployment(deployment, target))
            .toList(),
        Optional.empty());
  }

  @Override
  public Sighting<Version> findUpload(FindRequest request, CallContext call) {
    return sightings.upload(request, known.of(request.target()).worker(), call);
  }

  @Override
  public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
    return sightings.activation(request, known.of(request.target()).worker(), call);
  }

  @Override
  public Guarantees guarantees() {
    return new Guarantees(
        Guarantees.Kind.READ_BACK_KEY, Guarantees.Kind.READ_BACK_KEY, false, settleWindow);
  }

  @Override
  public List<LiveSetting> snapshot(Target target, CallContext call) {
    Projects.Reading said = known.of(target);
    return live.snapshot(said.worker(), said.routes(), Attachment.settings(said.attached()), call);
  }

  @Override
  public List<LiveSetting> changes(Prepared prepared, CallContext call) {
    return live.changes(Plan.parse(prepared.settings()), call);
  }

  @Override
  public boolean isSet(Target target, LiveSetting setting, CallContext call) {
    return live.isSet(known.of(target).worker(), setting, call);
  }

  @Override
  public void set(Target target, LiveSetting setting, StepKey key, CallContext call) {
    live.set(known.of(key, target).worker(), setting, call);
  }

  /**
   * Cloudflare's version override, a structured dictionary (RFC 9651). Empty for a Worker whose
   * name cannot stand in one, such as {@code 2fa}: Cloudflare ignores the whole header then.
   */
  @Override
  public Optional<Endpoint> reach(Version version, Endpoint endpoint) {
    String worker = known.of(version.target()).worker();
    if (!DICTIONARY_KEY.matcher(worker).matches()) {
      return Optional.empty();
    }
    Map<String, String> headers = new HashMap<>(endpoint.headers());
    headers.put("Cloudflare-Workers-Version-Overrides", worker + "=\"" + version.id() + "\"");
    return Optional.of(endpoint.withHeaders(headers));
  }

  @Override
  public void close() {
    workers.close();
  }
}
