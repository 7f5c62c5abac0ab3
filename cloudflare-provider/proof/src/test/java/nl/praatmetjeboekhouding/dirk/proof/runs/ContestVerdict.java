package nl.praatmetjeboekhouding.dirk.proof.runs;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.ApiCall;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.CloudflareSandbox;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.WorkerVersion;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;

/**
 * What came of a contest, by the vendor's own log and the journal.
 *
 * @param outcomes how the runs ended
 * @param stops how often a process was stopped
 * @param takenUp how often a run was gone on with under new leases
 * @param effects requests that changed something
 * @param stale of those, the ones that landed after a later holder of the target had begun
 * @param violations of what is promised; none is expected
 */
record ContestVerdict(
    Map<String, Long> outcomes,
    int stops,
    int takenUp,
    int effects,
    int stale,
    List<String> violations) {

  static final String EXPECTED = "each key once or told, no stale append, every stale effect told";

  /** One run as the journal has it. */
  private record Run(
      String task, List<Entry> entries, Map<String, Instant> intents, String outcome, String told) {

    static Run of(String task, List<Entry> entries) {
      Map<String, Instant> intents = new TreeMap<>();
      String outcome = "OPEN";
      String told = "";
      for (Entry entry : entries) {
        RunRecord record = RunRecord.of(entry.record());
        if (record instanceof RunRecord.Intent intent) {
          intents.putIfAbsent(intent.key(), entry.at());
        } else if (record instanceof RunRecord.Ended ended) {
          outcome = ended.outcome();
          told = ended.report().toString();
        }
      }
      return new Run(task, entries, intents, outcome, told);
    }

    /** Whether its report says that not all went as it should. */
    boolean tells() {
      return Set.of("CONFLICT", "SUPERSEDED", "HELD").contains(outcome)
          || told.contains("sent again");
    }
  }

  static ContestVerdict of(
      CloudflareSandbox sandbox,
      Journal journal,
      Orders orders,
      List<String> heard,
      int stops,
      List<String> wrong) {
    List<String> violations = new ArrayList<>(wrong);
    Map<String, Run> runs = new TreeMap<>();
    for (Entry head : journal.heads("run")) {
      String task = head.stream().substring("run:".length());
      runs.put(task, Run.of(task, journal.read(head.stream(), 1)));
    }
    int takenUp = 0;
    for (Run run : runs.values()) {
      takenUp += epochs(run, violations);
      if (run.outcome().equals("OPEN") || run.outcome().equals("WAITING")) {
        violations.add(run.task() + " never ended");
      }
    }
    for (String line : heard) {
      String task = line.substring(Rival.RAN.length()).split(" ", 2)[0];
      if (!line.endsWith(Rival.WITHOUT_JOURNAL) && !runs.containsKey(task)) {
        violations.add("the journal knows nothing of what was told: " + line);
      }
    }
    List<ApiCall> effects =
        sandbox.log().stream()
            .filter(call -> Write.isWrite(call) && call.status() == 200)
            .filter(call -> !key(call).isEmpty())
            .toList();
    effects.forEach(call -> intended(call, runs, violations));
    effects.stream()
        .collect(groupingBy(call -> call.path() + " " + key(call), counting()))
        .forEach(
            (effect, count) -> {
              Run run = runs.get(task(effect.split(" ", 2)[1]));
              if (count > 1 && (run == null || !run.tells())) {
                violations.add(count + " times, and not told: " + effect);
              }
            });
    int stale = stale(effects, runs, violations);
    gates(sandbox, runs, violations);
    orders.resources().stream()
        .filter(resource -> journal.holder(resource).isPresent())
        .forEach(resource -> violations.add("still held: " + resource));
    Map<String, Long> outcomes =
        new TreeMap<>(runs.values().stream().collect(groupingBy(Run::outcome, counting())));
    return new ContestVerdict(outcomes, stops, takenUp, effects.size(), stale, violations);
  }

  /** A run's epochs only grow: nobody who had lost it wrote in between. How often they did. */
  private static int epochs(Run run, List<String> violations) {
    int taken = 0;
    Map<String, Long> last = new TreeMap<>();
    for (Entry entry : run.entries()) {
      if (RunRecord.of(entry.record()) instanceof RunRecord.Leased leased) {
        taken++;
        leased
            .epochs()
            .forEach(
                (resource, epoch) -> {
                  Long before = last.put(resource, epoch);
                  if (before != null && before > epoch) {
                    violations.add(run.task() + " goes back from epoch " + before + " to " + epoch);
                  }
                });
      }
    }
    return Math.max(0, taken - 1);
  }

  private static void intended(ApiCall call, Map<String, Run> runs, List<String> violations) {
    Run run = runs.get(task(key(call)));
    Optional<Instant> intent = Optional.ofNullable(run).map(of -> of.intents().get(key(call)));
    if (intent.filter(at -> !at.isAfter(call.at())).isEmpty()) {
      violations.add("sent without an intent: " + call);
    }
  }

  /** What landed after somebody with a later epoch had written that he would change the same. */
  private static int stale(List<ApiCall> effects, Map<String, Run> runs, List<String> violations) {
    int stale = 0;
    for (ApiCall call : effects) {
      Run run = runs.get(task(key(call)));
      if (run == null || !call.path().endsWith("/deployments")) {
        continue;
      }
      long own = epoch(run, call);
      List<Run> later =
          runs.values().stream()
              .filter(other -> !other.task().equals(run.task()) && isLater(other, own, call))
              .toList();
      if (!later.isEmpty()) {
        stale++;
        if (!run.tells() && later.stream().noneMatch(Run::tells)) {
          violations.add("stale, and nobody tells: " + call);
        }
      }
    }
    return stale;
  }

  /** The epoch of the target under which the run said that it would send this. */
  private static long epoch(Run run, ApiCall call) {
    long epoch = 0;
    for (Entry entry : run.entries()) {
      RunRecord record = RunRecord.of(entry.record());
      if (record instanceof RunRecord.Leased leased) {
        epoch = held(leased, call);
      } else if (record instanceof RunRecord.Intent intent && intent.key().equals(key(call))) {
        return epoch;
      }
    }
    return epoch;
  }

  private static boolean isLater(Run other, long own, ApiCall call) {
    return other.entries().stream()
        .anyMatch(
            entry ->
                RunRecord.of(entry.record()) instanceof RunRecord.Leased leased
                    && held(leased, call) > own
                    && entry.at().isBefore(call.at()));
  }

  private static long held(RunRecord.Leased leased, ApiCall call) {
    return leased.epochs().entrySet().stream()
        .filter(held -> call.path().contains("/" + held.getKey().replaceFirst("^.*/", "") + "/"))
        .mapToLong(Map.Entry::getValue)
        .findFirst()
        .orElse(0);
  }

  /** What was uploaded to production had passed staging. */
  private static void gates(
      CloudflareSandbox sandbox, Map<String, Run> runs, List<String> violations) {
    Set<String> passed = new HashSet<>();
    for (Run run : runs.values()) {
      for (Entry entry : run.entries()) {
        if (RunRecord.of(entry.record()) instanceof RunRecord.Decision decision
            && decision.step().equals("check staging")
            && !decision.failed()) {
          passed.add(run.task());
        }
      }
    }
    for (WorkerVersion version : sandbox.versions(Orders.worker("production"))) {
      String task = task(version.annotations().getOrDefault("workers/tag", "::"));
      if (!passed.contains(task)) {
        violations.add("production got what passed no gate: " + version);
      }
    }
  }

  private static String key(ApiCall call) {
    String tag = call.annotations().getOrDefault("workers/tag", "");
    return tag.isEmpty()
        ? call.annotations().getOrDefault("workers/message", "").split(" ", 2)[0]
        : tag;
  }

  private static String task(String key) {
    String[] parts = key.split(":", 3);
    return parts.length == 3 ? parts[1] : "";
  }

  /** Whether there was something that could have gone wrong, and nothing did. */
  boolean holds() {
    return stops > 0 && effects > 0 && outcomes.size() > 1 && violations.isEmpty();
  }

  @Override
  public String toString() {
    return outcomes
        + ", "
        + stops
        + " stops, "
        + takenUp
        + " runs taken up, "
        + effects
        + " effects, "
        + stale
        + " of them stale"
        + (violations.isEmpty() ? "" : "; " + violations);
  }
}
