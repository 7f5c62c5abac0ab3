package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.Deployed;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.run.StepReport;
import nl.praatmetjeboekhouding.dirk.spi.Activation;

/**
 * What must hold whatever goes wrong, looked at in the world itself and in the journal, not in what
 * Dirk was told. {@code docs/simulation.md} has them under the same numbers.
 */
final class Invariants implements World.Hearing {

  /** What a report says of an effect that may have happened twice. */
  static final String TOLD = "sent again";

  /**
   * What does not hold.
   *
   * @param invariant its number, such as {@code I1}
   * @param what for people
   */
  record Broken(String invariant, String what) {}

  private final Plot plot;
  private final boolean settles;
  private final Journal journal;
  private final List<Broken> broken = new ArrayList<>();
  private final Set<Digest> provenInStaging = new HashSet<>();
  private final Set<String> provenInProduction = new HashSet<>();
  private final Map<String, Ask> asks = new HashMap<>();
  private final Map<Long, String> epochs = new HashMap<>();
  private boolean reaches;
  private int doubled;

  /**
   * @param settles whether reads keep to the window that the vendor promises
   * @param journal the journal itself
   */
  Invariants(Plot plot, boolean settles, Journal journal) {
    this.plot = plot;
    this.settles = settles;
    this.journal = journal;
  }

  List<Broken> broken() {
    return List.copyOf(broken);
  }

  /** How many effects of a key there were beside its first. */
  int doubled() {
    return doubled;
  }

  void breaks(String invariant, String what) {
    broken.add(new Broken(invariant, what));
  }

  /** Whether Dirk is given a way to ask for one version. */
  void reaches(boolean has) {
    reaches = has;
  }

  void begins(Ask ask) {
    asks.put(ask.task, ask);
  }

  /** A gate could pass it: it answered well as often in a row as the policy wants. */
  void proven(Version version, boolean inProduction) {
    if (inProduction) {
      provenInProduction.add(version.id());
    } else {
      version.release().ifPresent(release -> provenInStaging.add(release.digest()));
    }
  }

  /** A run is about to change production: it must hold the lease, and nobody else of its epoch. */
  void sends(Ask ask) {
    Optional<Lease> lease = journal.holder(resource());
    if (lease.filter(held -> isOf(ask, held)).isEmpty()) {
      breaks(
          "I2",
          ask.task
              + " changes production while "
              + lease.map(Lease::holder).orElse("nobody")
              + " holds it");
      return;
    }
    String other = epochs.putIfAbsent(lease.get().epoch(), ask.task);
    if (other != null && !other.equals(ask.task)) {
      breaks("I2", ask.task + " and " + other + " change production in one epoch");
    }
  }

  /** A run sends something that changes the world: that it would was written down before. */
  void intends(Ask ask, StepKey key) {
    boolean isWritten =
        journal.read("run:" + ask.task, 1).stream()
            .map(Entry::record)
            .anyMatch(
                record ->
                    record.type().equals("intent")
                        && record.data().path("key").asText().equals(key.text()));
    if (!isWritten) {
      breaks("I10", ask.task + " sent " + key.text() + " before its journal had said so");
    }
  }

  /** The journal took an entry from somebody who named these leases. */
  void wrote(Ask ask, String stream, List<Lease> held) {
    for (Lease lease : held) {
      Optional<Lease> now = journal.holder(lease.resource());
      if (now.filter(current -> current.epoch() == lease.epoch()).isEmpty()) {
        breaks(
            "I11",
            ask.task
                + " wrote to "
                + stream
                + " when it had lost "
                + lease.resource()
                + " to "
                + now.map(Lease::holder).orElse("nobody"));
      }
    }
  }

  /** A write of a run takes effect after its process had been stopped directly before. */
  void landsAfterStop(Ask ask) {
    if (journal.holder("run:" + ask.task).filter(held -> isOf(ask, held)).isEmpty()
        || ask.processes > 1) {
      ask.isStale = true;
    }
  }

  private static String resource() {
    return "world:" + World.SERVICE + "/production";
  }

  private static boolean isOf(Ask ask, Lease lease) {
    return lease.holder().endsWith("/" + ask.task);
  }

  @Override
  public void uploaded(World.Site site, World.Landed<Version> landed) {}

  @Override
  public void switched(World.Site site, World.Landed<Deployment> landed) {
    Ask ask = asks.get(landed.by());
    if (!site.isProduction() || ask == null) {
      return;
    }
    if (ask.keys.add(landed.value().key().orElse(""))) {
      ask.healthy.clear();
    }
    for (String id : World.receiving(landed.value().split())) {
      Version version = site.version(id).orElseThrow().value();
      if (!mayServe(ask, version, site)) {
        ask.unproven.add(id);
      }
    }
  }

  /** Whether a gate passed a version before, or none could. */
  private boolean mayServe(Ask ask, Version version, World.Site site) {
    if (!plot.tells()
        || version.release().isEmpty()
        || provenInProduction.contains(version.id())
        || site.servedForOthers(ask.task).contains(version.id())) {
      return true;
    }
    boolean isLookedAtInTheDark =
        plot.activation() == Activation.SPLIT
            && plot.rollout().dark()
            && reaches
            && plot.reaches() != Plot.Reached.NEVER
            && ask.servedAtAll;
    if (isLookedAtInTheDark) {
      return false;
    }
    String uploader = site.version(version.id()).orElseThrow().by();
    return plot.hasStaging()
        ? version.release().filter(one -> provenInStaging.contains(one.digest())).isPresent()
        : uploader.equals(ask.task);
  }

  /** A run has come to an end, or to HELD. */
  void ended(Ask ask, RunReport report, World world) {
    Optional<RunReport> before = ask.report;
    ask.report = Optional.of(report);
    if (before.filter(report::equals).isPresent()) {
      return;
    }
    if (before.filter(earlier -> earlier.outcome().isFinal()).isPresent()) {
      breaks(
          "I6", ask.task + " ended " + before.get().outcome() + ", and later " + report.outcome());
    }
    gates(ask, report);
    identity(ask, report);
    truth(ask, report, world);
    blame(ask, report, world);
  }

  /** What got traffic before a gate had passed it, unless the report says that none looked. */
  private void gates(Ask ask, RunReport report) {
    if (report.notes().stream().noneMatch(note -> note.contains("no look in the dark"))) {
      ask.unproven.forEach(
          version ->
              breaks(
                  "I1",
                  ask.task + " gave production " + version + ", which passed no gate before"));
    }
  }

  /** Who is said to serve was seen to answer well since it was switched to. */
  private void identity(Ask ask, RunReport report) {
    boolean isGood =
        report.outcome() == Outcome.SUCCEEDED || report.outcome() == Outcome.ROLLED_BACK;
    Optional<Deployed> production =
        report.deployed().stream()
            .filter(one -> one.target().environment().name().equals("production"))
            .findFirst();
    if (!isGood || production.isEmpty()) {
      return;
    }
    String version = production.get().version().orElse("nothing");
    if (production.get().proven()) {
      int seen = ask.healthy.getOrDefault(version, 0);
      if (seen < Episode.POLICY.readings()) {
        breaks(
            "I4",
            ask.task
                + " ended "
                + report.outcome()
                + ", but "
                + version
                + " was seen to answer well in production "
                + seen
                + " times in a row since");
      }
    } else if (!report.summary().contains("unproven")) {
      breaks("I4", ask.task + " ended " + report.outcome() + " unproven, and does not say so");
    }
  }

  /** What the report says of production is so. */
  private void truth(Ask ask, RunReport report, World world) {
    boolean moved =
        world.production().deployments.stream()
            .filter(landed -> landed.by().equals(ask.task))
            .flatMap(landed -> World.receiving(landed.value().split()).stream())
            .anyMatch(version -> world.production().isBy(version, ask.task));
    boolean saysNothingMoved =
        switch (report.outcome()) {
          case FAILED_SAFE, BLOCKED, CANCELLED -> true;
          default -> false;
        };
    if (settles && saysNothingMoved && moved && !ask.isStale) {
      breaks("I8", ask.task + " ended " + report.outcome() + ", but production served its version");
    }
    boolean saysItServes =
        report.outcome() == Outcome.SUCCEEDED || report.outcome() == Outcome.ROLLED_BACK;
    Optional<String> said =
        report.deployed().stream()
            .filter(one -> one.target().environment().name().equals("production"))
            .findFirst()
            .flatMap(Deployed::version);
    if ((settles || couldKnow(ask, report, world))
        && saysItServes
        && !ask.isDisturbed
        && !isOverruledByAStaleRequest(world)
        && said.isPresent()
        && !world.servesAlone(said.get())) {
      breaks(
          "I8",
          ask.task
              + " ended "
              + report.outcome()
              + " with "
              + said.get()
              + ", but production serves "
              + world.production().last().map(last -> last.value().split()).orElseThrow());
    }
  }

  /**
   * What a stopped process sends when its lease is gone nobody else can expect; it is told by it.
   */
  private boolean isOverruledByAStaleRequest(World world) {
    return world
        .production()
        .last()
        .map(landed -> asks.get(landed.by()))
        .filter(by -> by.isStale)
        .isPresent();
  }

  /**
   * Whether a run that came over another had to expect what came after its switch, and reads showed
   * it within a window from there; or before its last look, if it found nothing to put back.
   */
  private static boolean couldKnow(Ask ask, RunReport report, World world) {
    long since =
        world.production().deployments.stream()
            .filter(landed -> landed.by().equals(ask.task))
            .reduce((first, second) -> second)
            .map(World.Landed::at)
            .orElse(world.now() - lastLook(report));
    boolean cameAfter =
        report.steps().stream()
            .map(StepReport::name)
            .anyMatch(step -> step.startsWith("preempt ") || step.startsWith("come after "));
    return ask.overtakes
        && cameAfter
        && world
            .production()
            .last()
            .filter(last -> last.shown() <= since + World.WINDOW.toNanos())
            .isPresent();
  }

  /** How long the look for late arrivals took; as long as it must, if there was none. */
  private static long lastLook(RunReport report) {
    return report.steps().stream()
        .filter(step -> step.name().equals("look for late arrivals"))
        .mapToLong(step -> step.took().toNanos())
        .reduce(World.WINDOW.toNanos(), Math::max);
  }

  /** A run that gives up because of somebody else was not alone. */
  private void blame(Ask ask, RunReport report, World world) {
    if (!settles
        || report.outcome() != Outcome.CONFLICT
        || report.reason().equals(Optional.of("SPLIT_TRAFFIC"))) {
      return;
    }
    boolean isAlone =
        Stream.of(world.production(), world.staging())
            .flatMap(site -> site.deployments.stream())
            .noneMatch(landed -> !landed.by().equals(ask.task) && landed.shown() >= ask.began);
    long own =
        world.production().deployments.stream()
            .filter(landed -> landed.by().equals(ask.task))
            .count();
    if (isAlone && own < 2) {
      breaks("I9", ask.task + " ended in a conflict with nobody: " + report.summary());
    }
  }

  /** All is over, and all that was late has landed. */
  void atTheEnd(World world) {
    twice(world.production().versions, "version", Version::key);
    twice(world.staging().versions, "version", Version::key);
    twice(world.production().deployments, "deployment", Deployment::key);
    twice(world.staging().deployments, "deployment", Deployment::key);
    asks.values().forEach(this::stays);
    for (Ask ask : asks.values()) {
      journal.read("run:" + ask.task, 1).forEach(this::secret);
    }
  }

  private <T> void twice(
      List<World.Landed<T>> all, String what, Function<T, Optional<String>> key) {
    if (all.size() < 2) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (World.Landed<T> landed : all) {
      Optional<String> text = key.apply(landed.value());
      if (text.isPresent() && !seen.add(text.get())) {
        doubled++;
        Ask ask = asks.get(landed.by());
        if (ask == null || (settles && !ask.isStale) || !tells(ask)) {
          breaks("I5", "there are two " + what + "s of the key " + text.get());
        }
      }
    }
  }

  /** Whether a run's report says that something may have happened twice. */
  private static boolean tells(Ask ask) {
    return ask.report
        .map(
            report ->
                report.outcome() == Outcome.HELD
                    || report.outcome() == Outcome.CONFLICT
                    || report.notes().stream().anyMatch(note -> note.contains(TOLD))
                    || report.steps().stream().anyMatch(step -> step.detail().contains(TOLD)))
        .orElse(false);
  }

  /** What was said last is what the journal says, and it is the last word. */
  private void stays(Ask ask) {
    List<Entry> entries = journal.read("run:" + ask.task, 1);
    if (entries.isEmpty() || ask.report.isEmpty()) {
      return;
    }
    JsonNode last = entries.get(entries.size() - 1).record().data();
    String said = ask.report.get().outcome().name();
    String written = last.path("outcome").asText("no end");
    if (!written.equals(said)) {
      breaks("I6", ask.task + " ended " + said + ", but its journal says " + written);
    }
    long ends = entries.stream().filter(this::isFinalEnd).count();
    if (ends > 1) {
      breaks("I6", ask.task + " ended " + ends + " times");
    }
  }

  private boolean isFinalEnd(Entry entry) {
    return entry.record().type().equals("ended")
        && Outcome.valueOf(entry.record().data().path("outcome").asText()).isFinal();
  }

  private void secret(Entry entry) {
    if (tells(entry.record().data())) {
      breaks("I7", "entry " + entry.sequence() + " of " + entry.stream() + " has a secret");
    }
  }

  private static boolean tells(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue().contains(World.SECRET);
    }
    for (JsonNode part : node) {
      if (tells(part)) {
        return true;
      }
    }
    return false;
  }
}
