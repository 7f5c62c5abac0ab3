package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import nl.praatmetjeboekhouding.dirk.cloudflare.DeployedWorker;
import nl.praatmetjeboekhouding.dirk.cloudflare.RollbackCommand;
import nl.praatmetjeboekhouding.dirk.cloudflare.WorkerProject;
import nl.praatmetjeboekhouding.dirk.cloudflare.Workers;
import nl.praatmetjeboekhouding.dirk.cloudflare.Wrangler;
import nl.praatmetjeboekhouding.dirk.journal.FileJournal;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * A program with Dirk in it: does one thing after the other, and writes down before and after in a
 * journal on disk what it does, as runbooks do.
 */
final class SpeedClient implements AutoCloseable {

  private final Workers workers;
  private final Journal journal;

  private SpeedClient(Workers workers, Journal journal) {
    this.workers = workers;
    this.journal = journal;
  }

  /**
   * Opens no connection yet.
   *
   * @param token any; the requests of one share a budget
   * @param journal the journal's folder
   */
  static SpeedClient open(URI api, String token, Path journal) {
    TimeSource time = TimeSource.system();
    return new SpeedClient(
        Workers.open(api, Secret.of("TOKEN", () -> token), Scenario.ACCOUNT, time),
        FileJournal.open(journal, time));
  }

  /** Takes verb, project, Worker, API and journal; the process is what is measured. */
  public static void main(String[] arguments) {
    try (SpeedClient client =
        open(URI.create(arguments[3]), "cold-" + UUID.randomUUID(), Path.of(arguments[4]))) {
      client.run(SpeedCase.Verb.valueOf(arguments[0]), Path.of(arguments[1]), arguments[2]);
    }
  }

  /** Does it; fails as the called method does. */
  void run(SpeedCase.Verb verb, Path project, String worker) {
    String stream = "speed:" + UUID.randomUUID();
    write(stream, 1, verb.name());
    write(stream, 2, done(verb, project, worker));
  }

  private void write(String stream, int sequence, String text) {
    JsonNode data = JsonNodeFactory.instance.objectNode().put("detail", text);
    journal.append(stream, sequence, List.of(), new JournalRecord("decision", 1, data));
  }

  private String done(SpeedCase.Verb verb, Path project, String worker) {
    Wrangler wrangler = Wrangler.with(workers);
    CallContext call = CallContext.of(Duration.ofMinutes(2));
    return switch (verb) {
      case DEPLOY -> {
        DeployedWorker deployed = wrangler.deploy(WorkerProject.in(project), call);
        yield deployed.version().toString();
      }
      case ROLLBACK -> wrangler.rollback(RollbackCommand.of(worker), call).path("id").asText();
      case LIST -> wrangler.deployments(worker, call).size() + " deployments";
    };
  }

  @Override
  public void close() {
    workers.close();
    journal.close();
  }
}
