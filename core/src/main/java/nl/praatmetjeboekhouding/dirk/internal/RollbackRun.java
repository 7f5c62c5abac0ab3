package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;

/**
 * The story of a rollback: choose the version to go back to, put it back, look whether it answers.
 * Asked twice in a row it does nothing the second time.
 */
final class RollbackRun implements Story {

  /** Changes with every change of the order or the names of the steps. */
  static final int VERSION = 1;

  private static final int PAGES = 10;

  private final Ledger ledger;
  private final Leases leases;
  private final Journal journal;
  private final Service service;
  private final Optional<String> wanted;
  private final String why;
  private final Gates gates;
  private final List<String> notes;

  /**
   * @param wanted the version to go back to, or empty for the newest known-good one
   * @param why for the people who read the vendor's list
   */
  RollbackRun(RunTools tools, Service service, Optional<String> wanted, String why) {
    this.ledger = tools.ledger();
    this.leases = tools.leases();
    this.journal = tools.journal();
    this.service = service;
    this.wanted = wanted;
    this.why = why;
    this.gates = new Gates(ledger, service, tools.run());
    this.notes = new ArrayList<>(service.notes());
  }

  /**
   * What a rollback would do.
   *
   * @param to the version to put back; empty if there is none
   * @param alreadyThere whether it serves already
   */
  private record Choice(Optional<Version> to, boolean alreadyThere, String account) {

    static final Form<Choice> FORM =
        Forms.form(
            choice -> {
              ObjectNode node =
                  Forms.object()
                      .put("alreadyThere", choice.alreadyThere())
                      .put("account", choice.account());
              node.set("to", Forms.optional(Forms.VERSION).write(choice.to()));
              return node;
            },
            node ->
                new Choice(
                    Forms.optional(Forms.VERSION).read(node.path("to")),
                    node.path("alreadyThere").asBoolean(),
                    node.path("account").asText()));
  }

  @Override
  public Ending tell() {
    Stage stage = service.production();
    Taken<String> resource =
        ledger.decide(
            "find the resource",
            Forms.TEXT,
            pauses -> {
              String name = service.deployer().resource(stage.target());
              return Decided.of(name, name);
            });
    if (!(resource instanceof Taken.Done<String> found)) {
      return failedSafe(resource);
    }
    Optional<Ending> leased = ledger.acquire(leases, List.of(found.value()), "roll back: " + why);
    if (leased.isPresent()) {
      return leased.get().noting(notes);
    }
    Taken<Base> read = gates.readServing("read production", stage.target());
    if (!(read instanceof Taken.Done<Base> base)) {
      return failedSafe(read);
    }
    Taken<Choice> chosen =
        ledger.decide(
            "choose the version",
            Choice.FORM,
            pauses -> choose(stage.target(), found.value(), base.value(), pauses));
    if (!(chosen instanceof Taken.Done<Choice> choice)) {
      return failedSafe(chosen);
    }
    return putBack(stage, base.value(), choice.value());
  }

  private Ending putBack(Stage stage, Base base, Choice choice) {
    if (choice.to().isEmpty()) {
      return ending(Outcome.BLOCKED, "Nothing was changed: " + choice.account() + ".")
          .because("NOTHING_TO_GO_BACK_TO");
    }
    Version good = choice.to().get();
    if (choice.alreadyThere()) {
      return lookAgain(stage, good, choice);
    }
    WayBack.Went back =
        new WayBack(ledger, service, stage, gates)
            .run(
                good,
                base.version(),
                ExpectedBase.of(base.deployment().map(Deployment::id)),
                List.of(),
                Optional.empty(),
                why);
    notes.addAll(back.notes());
    if (back.reached() == WayBack.Reached.FAILED && back.deployment().isEmpty()) {
      return ending(
              Outcome.FAILED_SAFE,
              Sentence.of("Rollback (" + choice.account() + "): " + back.why())
                  + " Production is as it was.")
          .because(back.reason());
    }
    Ending ending =
        Putback.ending("Rollback (" + choice.account() + ")", good, base.version(), back)
            .because(back.reason())
            .with(List.of(Serving.after(stage, good, base.version(), back)))
            .noting(notes);
    return ending.outcome() == Outcome.ROLLED_BACK ? succeeded(ending) : ending;
  }

  /** A rollback that worked did what it was asked to. */
  private static Ending succeeded(Ending ending) {
    return new Ending(
        Outcome.SUCCEEDED,
        ending.reason(),
        ending.summary(),
        ending.deployed(),
        ending.notes(),
        ending.facts());
  }

  private Ending lookAgain(Stage stage, Version good, Choice choice) {
    Taken<Verdict> looked =
        gates.watch(
            "check production",
            stage,
            Expected.putBack(good, Optional.empty(), Optional.empty()),
            Baseline.nothingServed());
    Optional<Verdict> verdict =
        looked instanceof Taken.Done<Verdict> done ? Optional.of(done.value()) : Optional.empty();
    WayBack.Reached reached =
        verdict
            .map(seen -> seen.passed() ? WayBack.Reached.BACK : WayBack.Reached.UNKNOWN)
            .orElse(WayBack.Reached.UNKNOWN);
    WayBack.Went went =
        new WayBack.Went(reached, "", choice.account(), Optional.empty(), verdict, List.of());
    boolean healthy = reached == WayBack.Reached.BACK;
    String state = healthy ? ", and it answers well" : ", but it could not be seen to answer well";
    return ending(
            healthy ? Outcome.SUCCEEDED : Outcome.FAILED_SAFE,
            "Nothing was changed: " + choice.account() + state + ".")
        .because("ALREADY_THERE")
        .with(List.of(Serving.after(stage, good, Optional.of(good), went)));
  }

  private Decided<Choice> choose(Target target, String resource, Base base, LedgerPauses pauses) {
    Choice choice =
        wanted.isPresent()
            ? explicit(target, base, wanted.get(), pauses)
            : newestKnownGood(target, resource, base, pauses);
    return new Decided<>(choice, choice.to().isEmpty(), choice.account());
  }

  private Choice explicit(Target target, Base base, String id, LedgerPauses pauses) {
    if (base.version().filter(version -> version.id().equals(id)).isPresent()) {
      return new Choice(base.version(), true, "version " + id + " serves already");
    }
    Optional<Version> version = service.deployer().version(target, id, pauses.call(Gates.CALL));
    return new Choice(
        version,
        false,
        version.isPresent()
            ? "version " + id + " as asked for"
            : "there is no version " + id + " of " + target);
  }

  private Choice newestKnownGood(Target target, String resource, Base base, LedgerPauses pauses) {
    if (base.deployment().isEmpty()) {
      return new Choice(Optional.empty(), false, "nothing ever served " + target);
    }
    KnownGood known = KnownGood.of(journal, target, resource);
    String active = base.version().map(Version::id).orElse("");
    Optional<Version> lastPutBack = known.lastPutBack();
    if (lastPutBack.filter(version -> version.id().equals(active)).isPresent()
        && !known.isBad(active)) {
      return new Choice(
          lastPutBack, true, active + " was put back by the last rollback and serves already");
    }
    Optional<Version> good = known.newestBut(active);
    if (good.isPresent()) {
      return new Choice(good, false, "the newest version known to be good");
    }
    return fromTheVendorsList(target, active, known, pauses);
  }

  /** Where the journal remembers no good version, the vendor's own list has to do. */
  private Choice fromTheVendorsList(
      Target target, String active, KnownGood known, LedgerPauses pauses) {
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < PAGES; page++) {
      DeploymentPage deployments =
          service.deployer().deployments(target, cursor, pauses.call(Gates.CALL));
      Optional<String> earlier =
          deployments.deployments().stream()
              .map(Deployment::split)
              .flatMap(split -> split.sole().stream())
              .filter(id -> !id.equals(active) && !known.isBad(id))
              .findFirst();
      if (earlier.isPresent()) {
        Optional<Version> version =
            service.deployer().version(target, earlier.get(), pauses.call(Gates.CALL));
        notes.add(
            "The journal knows no other good version of "
                + target
                + "; the vendor's list says what served before.");
        return new Choice(version, false, "what served before, as the vendor's list says");
      }
      cursor = deployments.next();
      if (cursor.isEmpty()) {
        break;
      }
    }
    return new Choice(
        Optional.empty(),
        false,
        "there is no earlier version of " + target + " to go back to that has not failed");
  }

  private Ending failedSafe(Taken<?> taken) {
    return ending(Outcome.FAILED_SAFE, Sentence.of(taken.why()) + " Production is as it was.")
        .because(taken.reason());
  }

  private Ending ending(Outcome outcome, String summary) {
    return Ending.of(outcome, summary).noting(notes);
  }
}
