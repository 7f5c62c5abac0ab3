package nl.praatmetjeboekhouding.dirk.journal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import nl.praatmetjeboekhouding.dirk.error.JournalException;

/**
 * What a run writes: one fact a record. This is the only place that knows how each looks as JSON; a
 * form that was ever written stays readable. A record's version is raised when what it means
 * changes; one that tells more than before keeps its version, because who does not know of it loses
 * nothing.
 */
public sealed interface RunRecord {

  /** How it is written. */
  JournalRecord toJournal();

  /**
   * The run exists: what was asked for, and which story tells it.
   *
   * @param runbook {@code deploy} or {@code rollback}
   * @param story the version of the story; another version does not continue it
   * @param service what it is about
   * @param request what was asked, all of it
   * @param by who asked; empty text if nobody said
   * @param acknowledged the documents that were said to have been read, each with its digest
   * @param reason why; empty text if nobody said
   * @param release what a deploy's release was called then; empty text if that was not to be told
   * @param from the process that began it
   */
  record Started(
      String runbook,
      int story,
      String service,
      JsonNode request,
      JsonNode acknowledged,
      String by,
      String reason,
      String release,
      String from)
      implements RunRecord {

    /** Checks that nothing is null. */
    public Started {
      requireNonNull(runbook, "runbook");
      requireNonNull(service, "service");
      requireNonNull(request, "request");
      requireNonNull(acknowledged, "acknowledged");
      requireNonNull(by, "by");
      requireNonNull(reason, "reason");
      requireNonNull(release, "release");
      requireNonNull(from, "from");
    }

    @Override
    public JournalRecord toJournal() {
      ObjectNode data =
          object()
              .put("runbook", runbook)
              .put("story", story)
              .put("service", service)
              .put("by", by)
              .put("reason", reason)
              .put("from", from);
      if (!release.isEmpty()) {
        data.put("release", release);
      }
      data.set("request", request);
      data.set("acknowledged", acknowledged);
      return new JournalRecord("started", 1, data);
    }
  }

  /**
   * An effect is about to be sent. Durable before its first byte is. Written once more before it is
   * sent again because the vendor did not show what became of it.
   *
   * @param step the step's name
   * @param key what the call carries
   * @param request what is asked for, for people and for telling two requests apart
   * @param timeout how long one call of it may take; a minute where the record does not say
   */
  record Intent(String step, String key, String request, Duration timeout) implements RunRecord {

    /** Checks that nothing is null. */
    public Intent {
      requireNonNull(step, "step");
      requireNonNull(key, "key");
      requireNonNull(request, "request");
      requireNonNull(timeout, "timeout");
    }

    @Override
    public JournalRecord toJournal() {
      return new JournalRecord(
          "intent",
          1,
          object()
              .put("step", step)
              .put("key", key)
              .put("request", request)
              .put("timeoutMillis", timeout.toMillis()));
    }
  }

  /**
   * A call of an effect that was intended is about to be sent. Written where its intent was not
   * written directly before: after other calls of it, or after a look that took its time. Durable
   * before the first byte is.
   *
   * @param step the step's name
   */
  record Sending(String step) implements RunRecord {

    /** Checks that nothing is null. */
    public Sending {
      requireNonNull(step, "step");
    }

    @Override
    public JournalRecord toJournal() {
      return new JournalRecord("sending", 1, object().put("step", step));
    }
  }

  /**
   * What came of an effect, once it is known.
   *
   * @param step the step's name
   * @param done whether it took effect
   * @param value what it made if it did, in the form of its kind; otherwise null
   * @param detail what to tell people; why not, if it did not
   * @param failure the kind of failure if it did not take effect; otherwise empty text
   * @param settled whether this was found out by looking, not by the call's own answer
   * @param took how long the step took
   * @param requests what was sent to the vendor for it, failed and reading requests too
   */
  record Result(
      String step,
      boolean done,
      JsonNode value,
      String detail,
      String failure,
      boolean settled,
      Duration took,
      SentRequests requests)
      implements RunRecord {

    /** Checks that nothing is null. */
    public Result {
      requireNonNull(requests, "requests");
      requireNonNull(step, "step");
      requireNonNull(value, "value");
      requireNonNull(detail, "detail");
      requireNonNull(failure, "failure");
      requireNonNull(took, "took");
    }

    @Override
    public JournalRecord toJournal() {
      ObjectNode data =
          object()
              .put("step", step)
              .put("done", done)
              .put("detail", detail)
              .put("failure", failure)
              .put("settled", settled)
              .put("tookMillis", took.toMillis());
      data.set("value", value);
      return new JournalRecord("result", 1, requests.writeTo(data));
    }
  }

  /**
   * Something that the story branches on: a read, a verdict, the product of work. Recorded once,
   * returned ever after.
   *
   * @param step the step's name
   * @param value in the form of its kind
   * @param failed whether people should see it as a failure
   * @param detail what to tell people
   * @param failure the kind of failure if it could not be found out, and then {@code value} is
   *     null; otherwise empty text
   * @param took how long the step took
   * @param requests what was sent to the vendor for it
   */
  record Decision(
      String step,
      JsonNode value,
      boolean failed,
      String detail,
      String failure,
      Duration took,
      SentRequests requests)
      implements RunRecord {

    /** Checks that nothing is null. */
    public Decision {
      requireNonNull(requests, "requests");
      requireNonNull(step, "step");
      requireNonNull(value, "value");
      requireNonNull(detail, "detail");
      requireNonNull(failure, "failure");
      requireNonNull(took, "took");
    }

    @Override
    public JournalRecord toJournal() {
      ObjectNode data =
          object()
              .put("step", step)
              .put("failed", failed)
              .put("detail", detail)
              .put("failure", failure)
              .put("tookMillis", took.toMillis());
      data.set("value", value);
      return new JournalRecord("decision", 1, requests.writeTo(data));
    }
  }

  /**
   * What was sent for an effect whose fate could not be told, so that the vendor's support can be
   * asked. Says nothing of what came of it.
   *
   * @param step the step's name
   */
  record Tried(String step, SentRequests requests) implements RunRecord {

    /** Checks that nothing is null. */
    public Tried {
      requireNonNull(step, "step");
      requireNonNull(requests, "requests");
    }

    @Override
    public JournalRecord toJournal() {
      return new JournalRecord("tried", 1, requests.writeTo(object().put("step", step)));
    }
  }

  /**
   * Something that a later decision keeps the product of was done, such as a build. Until that
   * decision is recorded it may be done again, so that there may be several of one step.
   *
   * @param step the step's name
   * @param detail what to tell people
   * @param took how long the step took
   */
  record Work(String step, String detail, Duration took) implements RunRecord {

    /** Checks that nothing is null. */
    public Work {
      requireNonNull(step, "step");
      requireNonNull(detail, "detail");
      requireNonNull(took, "took");
    }

    @Override
    public JournalRecord toJournal() {
      return new JournalRecord(
          "work",
          1,
          object().put("step", step).put("detail", detail).put("tookMillis", took.toMillis()));
    }
  }

  /**
   * The run is to end: somebody asked, or it is out of time.
   *
   * @param reason why
   * @param cause {@code CANCELLED}, {@code DEADLINE} or {@code UNCONFIRMED}
   */
  record Cancelled(String reason, String cause) implements RunRecord {

    /** Checks that nothing is null. */
    public Cancelled {
      requireNonNull(reason, "reason");
      requireNonNull(cause, "cause");
    }

    @Override
    public JournalRecord toJournal() {
      return new JournalRecord("cancelled", 1, object().put("reason", reason).put("cause", cause));
    }
  }

  /**
   * The run holds the leases of what it changes. Written each time that they are taken.
   *
   * @param epochs the epoch of each lease by its resource
   */
  record Leased(Map<String, Long> epochs) implements RunRecord {

    /** Copies. */
    public Leased {
      epochs = Map.copyOf(epochs);
    }

    @Override
    public JournalRecord toJournal() {
      ObjectNode data = object();
      ObjectNode held = data.putObject("epochs");
      new TreeMap<>(epochs).forEach(held::put);
      return new JournalRecord("leased", 1, data);
    }
  }

  /**
   * A run that was HELD goes on: the last thing that could not be told is looked at again.
   *
   * @param by who says so; empty text if nobody said
   * @param reason why; empty text if nobody said
   */
  record Reopened(String by, String reason) implements RunRecord {

    /** Checks that nothing is null. */
    public Reopened {
      requireNonNull(by, "by");
      requireNonNull(reason, "reason");
    }

    @Override
    public JournalRecord toJournal() {
      return new JournalRecord("reopened", 1, object().put("by", by).put("reason", reason));
    }
  }

  /**
   * The run was begun by an earlier story and is recovered from here on, not continued.
   *
   * @param story the version of the story that recovers it
   * @param from the process that began to
   */
  record Recovering(int story, String from) implements RunRecord {

    /** Checks that nothing is null. */
    public Recovering {
      requireNonNull(from, "from");
    }

    @Override
    public JournalRecord toJournal() {
      return new JournalRecord("recovering", 1, object().put("story", story).put("from", from));
    }
  }

  /**
   * The run reached an outcome. Final unless the outcome is an open one.
   *
   * @param outcome the outcome's name
   * @param report all of the report
   * @param facts what later runs build on: what is known to be good, what changed production
   * @param before what served each place before; missing if the record does not say
   * @param after what served each place after it, as far as it is known
   */
  record Ended(String outcome, JsonNode report, JsonNode facts, JsonNode before, JsonNode after)
      implements RunRecord {

    /** Checks that nothing is null. */
    public Ended {
      requireNonNull(outcome, "outcome");
      requireNonNull(report, "report");
      requireNonNull(facts, "facts");
      requireNonNull(before, "before");
      requireNonNull(after, "after");
    }

    @Override
    public JournalRecord toJournal() {
      ObjectNode data = object().put("outcome", outcome);
      data.set("report", report);
      data.set("facts", facts);
      data.set("before", before);
      data.set("after", after);
      return new JournalRecord("ended", 1, data);
    }
  }

  /**
   * Reads a record.
   *
   * @throws JournalException with CORRUPT if it is of no known type or version
   */
  static RunRecord of(JournalRecord record) {
    JsonNode data = record.data();
    if (record.version() != 1) {
      throw unreadable(record);
    }
    return switch (record.type()) {
      case "started" ->
          new Started(
              text(data, "runbook"),
              data.path("story").asInt(),
              text(data, "service"),
              data.path("request"),
              data.path("acknowledged"),
              text(data, "by"),
              text(data, "reason"),
              data.path("release").asText(""),
              text(data, "from"));
      case "intent" ->
          new Intent(
              text(data, "step"),
              text(data, "key"),
              text(data, "request"),
              Duration.ofMillis(data.path("timeoutMillis").asLong(60_000)));
      case "sending" -> new Sending(text(data, "step"));
      case "result" ->
          new Result(
              text(data, "step"),
              data.path("done").asBoolean(),
              data.path("value"),
              text(data, "detail"),
              text(data, "failure"),
              data.path("settled").asBoolean(),
              took(data),
              SentRequests.readFrom(data));
      case "decision" ->
          new Decision(
              text(data, "step"),
              data.path("value"),
              data.path("failed").asBoolean(),
              text(data, "detail"),
              text(data, "failure"),
              took(data),
              SentRequests.readFrom(data));
      case "tried" -> new Tried(text(data, "step"), SentRequests.readFrom(data));
      case "work" -> new Work(text(data, "step"), text(data, "detail"), took(data));
      case "cancelled" ->
          new Cancelled(text(data, "reason"), data.path("cause").asText("CANCELLED"));
      case "leased" -> {
        Map<String, Long> epochs = new TreeMap<>();
        data.path("epochs")
            .properties()
            .forEach(one -> epochs.put(one.getKey(), one.getValue().asLong()));
        yield new Leased(epochs);
      }
      case "reopened" -> new Reopened(text(data, "by"), text(data, "reason"));
      case "recovering" -> new Recovering(data.path("story").asInt(), text(data, "from"));
      case "ended" ->
          new Ended(
              text(data, "outcome"),
              data.path("report"),
              data.path("facts"),
              data.path("before"),
              data.path("after"));
      default -> throw unreadable(record);
    };
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String text(JsonNode data, String name) {
    return data.path(name).asText();
  }

  private static Duration took(JsonNode data) {
    return Duration.ofMillis(data.path("tookMillis").asLong());
  }

  private static JournalException unreadable(JournalRecord record) {
    return new JournalException(
        JournalException.Kind.CORRUPT,
        "A run's record of type "
            + record.type()
            + ", version "
            + record.version()
            + ", is not known to this Dirk: it was written by a newer one.");
  }
}
