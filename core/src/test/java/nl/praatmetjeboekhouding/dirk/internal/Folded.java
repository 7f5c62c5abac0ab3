package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.report.OutputProtocol;
import nl.praatmetjeboekhouding.dirk.run.OpenRun;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** What later runs make of a journal, for tests outside this package. */
public final class Folded {

  private Folded() {}

  /** Each run with its story and, if it came to an end or is HELD, its outcome and report. */
  public static ArrayNode runs(Journal journal) {
    ArrayNode runs = JsonNodeFactory.instance.arrayNode();
    for (Entry head : journal.heads(RunStream.KIND)) {
      RunStream stream = RunStream.reading(journal, RunStream.runOf(head));
      RunRecord.Started started = stream.started().orElseThrow();
      ObjectNode run =
          runs.addObject()
              .put("taskId", RunStream.runOf(head))
              .put("runbook", started.runbook())
              .put("story", started.story());
      stream
          .ended()
          .ifPresent(
              ended -> {
                run.put("outcome", ended.outcome());
                run.set("report", OutputProtocol.tree(new ReportForm().read(ended.report())));
              });
    }
    return runs;
  }

  /** The good and the bad versions of a target, and what was put back last, by the vendor's ids. */
  public static ObjectNode known(Journal journal, Target target, String resource) {
    KnownGood known = KnownGood.of(journal, target, resource);
    Optional<Version> newest = known.newestBut("");
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    newest.ifPresent(version -> node.put("newest", version.id()));
    newest
        .flatMap(version -> known.newestBut(version.id()))
        .ifPresent(version -> node.put("before", version.id()));
    known.lastPutBack().ifPresent(version -> node.put("lastPutBack", version.id()));
    known.lastPutAway().ifPresent(version -> node.put("lastPutAway", version.id()));
    ArrayNode bad = node.putArray("bad");
    Stream.iterate(1, number -> number + 1)
        .limit(30)
        .map(number -> "v" + number)
        .filter(known::isBad)
        .forEach(bad::add);
    return node;
  }

  /** The open runs' ids. */
  public static List<String> open(Journal journal) {
    return Host.of(journal, TimeSource.system(), new RunListener() {}).open().stream()
        .map(OpenRun::taskId)
        .toList();
  }

  /** A host that tells stories of other versions than this Dirk. */
  public static Host host(
      Journal journal, TimeSource time, RunListener listener, int deploy, int rollback) {
    return new Host(
        journal, time, listener, LeaseKeeper.ownThread(), new Stories(deploy, rollback));
  }

  /** The story versions of this Dirk, by runbook. */
  public static Map<String, Integer> stories() {
    return Map.of("deploy", DeployRun.VERSION, "rollback", RollbackRun.VERSION);
  }
}
