package nl.praatmetjeboekhouding.dirk.proof.runs;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.ApiCall;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.CloudflareSandbox;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Fault;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.PlantedFault;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.WorkerAnswer;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.WorkerDeployment;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.WorkerRequest;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.WorkerVersion;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.proof.SharedJournal;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/**
 * One run of a scenario: a local Cloudflare in this process, a project in a folder, a journal, and
 * one process after another that tells the run.
 */
final class Site implements AutoCloseable {

  /** A settle window of half a minute passes in seconds. */
  private static final int FASTER = 8;

  private static final Duration LEASES = Duration.ofSeconds(61);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> ENVIRONMENTS = List.of("staging", "production");

  private final Scenario scenario;
  private final QuickTime time = QuickTime.create(FASTER);
  private final CloudflareSandbox sandbox;
  private final Orders orders;
  private final int loggedBefore;
  private String outcome = "none";

  Site(Scenario scenario, Path folder, SharedJournal journal) {
    this.scenario = scenario;
    sandbox =
        CloudflareSandbox.builder()
            .time(time)
            .listLag(Duration.ofSeconds(3))
            .behaviour(Orders.worker("production"), this::answer)
            .start();
    orders = Orders.of(scenario, folder, sandbox, time, journal);
    project(folder);
    for (String release : scenario.before()) {
      deployBefore(release);
    }
    build(folder, scenario.release());
    loggedBefore = sandbox.log().size();
  }

  /** Production is sick with what the killed process brought, if the scenario says so. */
  private WorkerAnswer answer(WorkerRequest request) {
    boolean ours = isOfTheRun(request.version().annotations());
    String body = "{\"version\":\"" + request.version().id() + "\"}";
    return isSick(ours, request) ? WorkerAnswer.text(500, body) : WorkerAnswer.json(body);
  }

  private boolean isSick(boolean ours, WorkerRequest request) {
    return switch (scenario) {
      case SICK_DEPLOY -> ours && !request.asksForVersion();
      case SICK_IN_THE_DARK -> ours;
      default -> false;
    };
  }

  /** Lets a process tell the run to its end. */
  List<String> finish() throws InterruptedException {
    try (Child child = Child.start(orders)) {
      outcome = child.hear().orElseThrow();
      child.await();
      return child.boundaries();
    }
  }

  /**
   * Lets a process tell the run and kills it there; its leases run out then.
   *
   * @return whether it got there
   */
  boolean die(Death death, List<Write> writes) throws InterruptedException {
    boolean died =
        death.kind() == Death.Kind.JOURNAL
            ? dieAt(death.boundary())
            : dieDuring(death.kind(), writes.get(death.boundary()));
    time.skip(LEASES);
    return died;
  }

  /**
   * Lets a process tell the run where no file may grow beyond a size; its leases run out then.
   *
   * @return what it told people
   */
  String starve(long blocks) throws InterruptedException {
    return hear(Child.startOnFullDisk(orders, blocks));
  }

  /**
   * Lets a process tell the run as far as it comes; its leases run out then.
   *
   * @return what it told people
   */
  String attempt() throws InterruptedException {
    return hear(Child.start(orders));
  }

  private String hear(Child started) throws InterruptedException {
    try (Child child = started) {
      outcome = child.hear().orElseThrow();
      child.await();
      return child.said();
    } finally {
      time.skip(LEASES);
    }
  }

  private boolean dieAt(int boundary) throws InterruptedException {
    try (Child child = Child.start(orders.stoppingAt(boundary))) {
      Optional<String> ended = child.hear();
      if (ended.isPresent()) {
        child.await();
        return false;
      }
      child.kill();
      return true;
    }
  }

  private boolean dieDuring(Death.Kind kind, Write write) throws InterruptedException {
    Fault fault = kind == Death.Kind.ANSWER_UNDER_WAY ? Fault.hangAfter() : Fault.hangBefore();
    PlantedFault planted =
        sandbox.plant(fault.on(write.method(), write.path()).after(write.before()));
    try (Child child = Child.start(orders)) {
      if (!planted.awaitHit(PATIENCE)) {
        throw new IllegalStateException("no process ever sent " + write);
      }
      child.kill();
    }
    if (kind != Death.Kind.GETS_LOST) {
      int seen = sandbox.log(write.method(), write.path()).size();
      planted.release();
      awaitLog(write, seen);
    }
    return true;
  }

  private void awaitLog(Write write, int seen) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (sandbox.log(write.method(), write.path()).size() == seen) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("what was let go never landed: " + write);
      }
      Thread.onSpinWait();
    }
  }

  /** The requests of the run that change something, in order. */
  List<Write> writes() {
    return Write.in(runLog());
  }

  private List<ApiCall> runLog() {
    List<ApiCall> log = sandbox.log();
    return log.subList(loggedBefore, log.size());
  }

  /** The requests of the run that changed something though nothing durable says that they would. */
  List<String> unintended() {
    Set<String> intended = new HashSet<>();
    try (Journal journal = orders.openJournal()) {
      journal
          .read("run:" + Scenario.TASK, 1)
          .forEach(
              entry -> {
                if (RunRecord.of(entry.record()) instanceof RunRecord.Intent intent) {
                  intended.add(intent.key());
                }
              });
    }
    List<String> unintended = new ArrayList<>();
    for (ApiCall call : runLog()) {
      boolean isKnown =
          call.annotations().isEmpty()
              ? !intended.isEmpty()
              : intended.stream().anyMatch(key -> call.annotations().toString().contains(key));
      if (Write.isWrite(call) && !isKnown) {
        unintended.add(call.method() + " " + call.path());
      }
    }
    return unintended;
  }

  /** How it ended: what can be compared with how another ended. */
  Map<String, String> end() {
    Map<String, String> end = new TreeMap<>();
    end.put("outcome", outcome);
    for (String environment : ENVIRONMENTS) {
      String worker = Orders.worker(environment);
      end.put(environment, serving(worker));
      end.put("versions of " + environment, Integer.toString(sandbox.versions(worker).size()));
      end.put(
          "deployments of " + environment, Integer.toString(sandbox.deployments(worker).size()));
      end.put("crons of " + environment, sandbox.schedules(worker).toString());
    }
    try (Journal journal = orders.openJournal();
        Dirk dirk = orders.open(journal, scenario.release())) {
      end.put("open runs", Integer.toString(dirk.openRuns().size()));
      end.put(
          "leases",
          orders.resources().stream()
              .filter(resource -> journal.holder(resource).isPresent())
              .toList()
              .toString());
    }
    return end;
  }

  /** What is wrong whatever it is compared with, as sentences. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    runLog().stream()
        .filter(call -> call.status() == 200 && !call.annotations().isEmpty())
        .collect(groupingBy(call -> call.path() + " " + call.annotations(), counting()))
        .forEach(
            (effect, count) -> {
              if (count > 1) {
                wrong.add(count + " times " + effect);
              }
            });
    if (scenario != Scenario.ROLLBACK) {
      Optional<Instant> proven = passed("check staging");
      runLog().stream()
          .filter(call -> Write.isWrite(call) && call.path().contains(Orders.worker("production")))
          .map(ApiCall::at)
          .filter(at -> proven.filter(then -> !then.isAfter(at)).isEmpty())
          .findFirst()
          .ifPresent(at -> wrong.add("production was changed before staging had passed"));
    }
    return wrong;
  }

  private Optional<Instant> passed(String step) {
    try (Journal journal = orders.openJournal()) {
      return journal.read("run:" + Scenario.TASK, 1).stream()
          .filter(
              entry ->
                  RunRecord.of(entry.record()) instanceof RunRecord.Decision decision
                      && decision.step().equals(step)
                      && !decision.failed())
          .map(Entry::at)
          .findFirst();
    }
  }

  @Override
  public void close() {
    sandbox.close();
  }

  private String serving(String worker) {
    Optional<WorkerDeployment> active = sandbox.active(worker);
    return active
        .map(
            deployment ->
                sandbox.versions(worker).stream()
                    .filter(version -> deployment.shares().containsKey(version.id()))
                    .map(WorkerVersion::annotations)
                    .map(annotations -> uploadedBy(runOf(annotations)))
                    .toList()
                    .toString())
        .orElse("nothing");
  }

  private static boolean isOfTheRun(Map<String, String> annotations) {
    return runOf(annotations).equals(Scenario.TASK);
  }

  /** What {@link #end} says of a worker that only the version of this run serves. */
  static String served(String task) {
    return List.of(uploadedBy(task)).toString();
  }

  private static String uploadedBy(String task) {
    return "uploaded by " + task;
  }

  /** The run in the key that a version carries. */
  private static String runOf(Map<String, String> annotations) {
    return annotations.getOrDefault("workers/tag", "::").split(":", 3)[1];
  }

  private void deployBefore(String release) {
    build(orders.folder(), release);
    try (Journal journal = orders.openJournal();
        Dirk dirk = orders.open(journal, release)) {
      RunReport report =
          dirk.deploy(DeployRequest.of(Orders.SERVICE).taskId(Scenario.BEFORE + release));
      if (report.outcome() != Outcome.SUCCEEDED) {
        throw new IllegalStateException("the deploy of " + release + " before: " + report);
      }
    }
  }

  /** Writes a project without its code. */
  static void project(Path folder) {
    write(
        folder.resolve("wrangler.jsonc"),
        """
        { "name": "shop", "main": "index.js", "compatibility_date": "2026-03-01",
          "env": {
            "staging": { "workers_dev": true },
            "production": { "workers_dev": true, "triggers": { "crons": ["5 * * * *"] } } } }
        """);
  }

  /** Writes its code. */
  static void build(Path folder, String release) {
    write(
        folder.resolve("index.js"),
        "export default { fetch: () => new Response('" + release + "') };\n");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
