package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.model.FailedDeploysPolicy;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.Outcome;

/**
 * A service of which too many deploys failed gets no more until somebody has looked. A deploy
 * counts once it moved production traffic; it failed if it did not succeed, or if a rollback put
 * its version away later.
 */
final class FailedDeploysGate implements Gate {

  private final FailedDeploysPolicy policy;
  private final Journal journal;
  private final Service service;

  FailedDeploysGate(FailedDeploysPolicy policy, Journal journal, Service service) {
    this.policy = policy;
    this.journal = journal;
    this.service = service;
  }

  @Override
  public String name() {
    return "failed-deploys";
  }

  @Override
  public String rule() {
    return "at most "
        + Amounts.percent(policy.above())
        + " of at least "
        + policy.atLeast()
        + " over "
        + Amounts.span(policy.over());
  }

  @Override
  public List<String> exceptions() {
    return List.of(name());
  }

  @Override
  public Answer ask(Question question) {
    List<Ended> ended = ended();
    Instant since = question.at().minus(policy.over());
    Set<String> putAway = new HashSet<>();
    ended.stream()
        .filter(run -> !run.isDeploy() && run.facts().changedProduction())
        .flatMap(run -> run.facts().bad().stream().limit(1))
        .forEach(version -> putAway.add(version.id()));
    List<Ended> deploys =
        ended.stream().filter(run -> run.counts() && !run.at().isBefore(since)).toList();
    long failed = deploys.stream().filter(run -> run.failed(putAway)).count();
    return judge(failed, deploys.size());
  }

  private Answer judge(long failed, int total) {
    ObjectNode inputs = Forms.object().put("failed", failed).put("total", total);
    String told =
        failed
            + " of the "
            + total
            + " deploys of the last "
            + Amounts.span(policy.over())
            + " failed";
    if (total < policy.atLeast()) {
      return Answer.notes(
          this, told + ", which are fewer than " + policy.atLeast() + " and tell nothing", inputs);
    }
    boolean isTooMany =
        BigDecimal.valueOf(failed * 100)
                .compareTo(policy.above().multiply(BigDecimal.valueOf(total)))
            > 0;
    return isTooMany
        ? Answer.blocks(
            this,
            "FAILED_DEPLOYS",
            name(),
            told + ", more than " + Amounts.percent(policy.above()),
            inputs)
        : Answer.passes(this, told, inputs);
  }

  private List<Ended> ended() {
    return journal.heads(RunStream.KIND).stream()
        .flatMap(FailedDeploysGate::ended)
        .filter(run -> run.service().equals(service.name()))
        .toList();
  }

  private static Stream<Ended> ended(Entry head) {
    return RunRecord.of(head.record()) instanceof RunRecord.Ended ended
        ? Stream.of(
            new Ended(
                ended.report().path("service").asText(),
                ended.report().path("runbook").asText().equals(RunHost.DEPLOY),
                Outcome.valueOf(ended.outcome()),
                Facts.FORM.read(ended.facts()),
                head.at()))
        : Stream.empty();
  }

  /** A run that reached an outcome. */
  private record Ended(String service, boolean isDeploy, Outcome outcome, Facts facts, Instant at) {

    /** One that is HELD counts once it is known that its version failed. */
    boolean counts() {
      return isDeploy && facts.changedProduction() && (outcome.isFinal() || !facts.bad().isEmpty());
    }

    boolean failed(Set<String> putAway) {
      return outcome != Outcome.SUCCEEDED
          || facts.knownGood().map(Version::id).filter(putAway::contains).isPresent();
    }
  }
}
