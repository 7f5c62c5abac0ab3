package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.context.Acknowledgement;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.report.PlanReport;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.GateReport;
import nl.praatmetjeboekhouding.dirk.run.StagePlan;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.spi.LiveSettings;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;

/**
 * Says what a deploy would do, and later what of that has changed. Asks the vendor and changes
 * nothing there; a plan is kept beside the journal under its hash.
 */
final class Planner {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** In place of a hash, while it is not known yet. */
  private static final Digest UNNAMED = Digest.of(new byte[0]);

  private final Service service;
  private final Journal journal;
  private final Supplier<CallContext> calls;

  Planner(Service service, Journal journal, Supplier<CallContext> calls) {
    this.service = service;
    this.journal = journal;
    this.calls = calls;
  }

  /**
   * What would happen now.
   *
   * @param read the documents that it is made with
   * @param objections why it would not be started, which the hash does not stand for
   * @param gates what they say; the hash stands for what they go by only
   */
  DeployPlan plan(
      Plan plan, Acknowledgement read, List<String> objections, List<GateReport> gates) {
    Prepared live = plan.production();
    KnownGood known = KnownGood.of(journal, live.target(), live.resource());
    Base base = serving(live, known::betterThan);
    Course course = course(live, base);
    Fallback fallback = Fallback.of(service.deployer(), live, base, known, calls);
    List<String> against = new ArrayList<>(objections);
    if (base.isShared()) {
      against.add(base.sharing());
    }
    List<StagePlan> stages = new ArrayList<>();
    plan.staging()
        .map(first -> stage(plan, first, serving(first, any -> Optional.empty()), List.of()))
        .ifPresent(stages::add);
    stages.add(stage(plan, live, base, course.notes()));
    Function<Digest, DeployPlan> named =
        hash ->
            new DeployPlan(
                service.name(),
                plan.label(),
                read.documents(),
                stages,
                course.words(service.production().rollout()),
                fallback.to().map(Fallback::named),
                fallback.account(),
                gates,
                against,
                hash);
    return named.apply(Digest.of(canonical(named.apply(UNNAMED)).toString()));
  }

  private Base serving(Prepared prepared, Function<Version, Optional<Version>> better) {
    Deployer deployer = service.deployer();
    Optional<Deployment> active = deployer.active(prepared.target(), calls.get());
    Optional<Version> version =
        active
            .flatMap(deployment -> deployment.split().sole())
            .flatMap(id -> deployer.version(prepared.target(), id, calls.get()));
    return new Base(active, version, List.of(), version.flatMap(better));
  }

  /** What addresses the version that serves will address the one that is to come. */
  private Course course(Prepared prepared, Base base) {
    return base.version()
        .map(
            version -> Course.of(service.production(), service.deployer(), prepared, base, version))
        .orElse(Course.AT_ONCE);
  }

  private StagePlan stage(Plan plan, Prepared prepared, Base base, List<String> notes) {
    List<String> settings =
        service.deployer() instanceof LiveSettings live
            ? live.changes(prepared, calls.get()).stream().map(LiveSetting::summary).toList()
            : List.of();
    List<String> warnings = new ArrayList<>(prepared.warnings());
    warnings.addAll(notes);
    return new StagePlan(
        prepared.target().environment().name(),
        prepared.resource(),
        base.deployment().map(Deployment::id),
        base.deployment()
            .map(
                deployment ->
                    base.version()
                        .map(Fallback::named)
                        .orElseGet(() -> deployment.split().toString())),
        plan.artifactOf(prepared).release().digest(),
        Digest.of(prepared.settings()),
        prepared.reversible(),
        prepared.changes(),
        settings,
        warnings);
  }

  /** Keeps a plan, so that whoever applies it can be told what has changed since. */
  void keep(DeployPlan plan) {
    byte[] bytes = canonical(plan).toString().getBytes(StandardCharsets.UTF_8);
    Digest unused = journal.keep(new ByteArrayInputStream(bytes));
  }

  /**
   * What is no longer as a plan of this hash said, a sentence each; empty if it still stands.
   *
   * @param now what would happen now
   */
  List<String> changed(Digest hash, DeployPlan now) {
    if (now.hash().equals(hash)) {
      return List.of();
    }
    return kept(hash)
        .map(then -> PlanDifferences.between(then, canonical(now)))
        .orElseGet(() -> List.of("there is no plan " + hash.hex() + " beside this journal"));
  }

  private Optional<JsonNode> kept(Digest hash) {
    Optional<InputStream> content = journal.kept(hash);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream open = content.get()) {
      return Optional.of(JSON.readTree(open));
    } catch (IOException e) {
      throw new JournalException(
          JournalException.Kind.STORAGE, "plan " + hash.hex() + " cannot be read", e);
    }
  }

  /** All that the hash stands for. */
  private static ObjectNode canonical(DeployPlan plan) {
    ObjectNode tree = PlanReport.tree(plan);
    tree.remove(List.of("objections", "hash"));
    for (JsonNode gate : tree.path("gates")) {
      ((ObjectNode) gate).remove(List.of("verdict", "account"));
    }
    return tree;
  }
}
