package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;

/**
 * What failed in production or was put away there does not come back, whatever it is called by
 * then, until it is excepted by name or is known to be good again.
 */
final class QuarantineGate implements Gate {

  private static final String NAME = "quarantine";

  /** A release that was put away last by this run. */
  private record PutAway(Release release, String run) {

    String exception() {
      return NAME + ":" + release.label();
    }
  }

  private final Journal journal;
  private final Service service;

  QuarantineGate(Journal journal, Service service) {
    this.journal = journal;
    this.service = service;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String rule() {
    return "nothing that was put away";
  }

  @Override
  public List<String> exceptions() {
    return putAway().values().stream().map(PutAway::exception).distinct().toList();
  }

  @Override
  public Answer ask(Question question) {
    Digest digest = question.release().digest();
    ObjectNode inputs = Forms.object().put("digest", digest.hex());
    Map<Digest, PutAway> away = putAway();
    return Optional.ofNullable(away.get(digest))
        .map(found -> blocks(found, inputs))
        .orElseGet(
            () ->
                Answer.passes(
                    this,
                    away.isEmpty()
                        ? "nothing was put away"
                        : "this build is none of the " + away.size() + " that were put away",
                    inputs));
  }

  private Answer blocks(PutAway found, ObjectNode inputs) {
    return Answer.blocks(
        this,
        "QUARANTINED",
        found.exception(),
        "this very build was put away in production as "
            + found.release().label()
            + " by run "
            + found.run()
            + " and has not been seen to be good since",
        inputs.put("run", found.run()));
  }

  /** By digest, as the runs tell in the order in which they held their leases. */
  private Map<Digest, PutAway> putAway() {
    Target target = service.production().target();
    Map<Digest, PutAway> away = new LinkedHashMap<>();
    for (OtherRuns.Did did : OtherRuns.of(journal, target, service.deployer().resource(target))) {
      for (Version bad : did.facts().bad()) {
        bad.release()
            .filter(release -> bad.target().equals(target))
            .ifPresent(release -> away.put(release.digest(), new PutAway(release, did.run())));
      }
      did.facts()
          .knownGood()
          .filter(good -> good.target().equals(target))
          .flatMap(Version::release)
          .ifPresent(release -> away.remove(release.digest()));
    }
    return away;
  }
}
