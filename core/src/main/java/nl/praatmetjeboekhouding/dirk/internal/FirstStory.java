package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.Version;

/**
 * Reads what the first stories of deploy and rollback wrote. It knows their steps and their forms
 * by itself, so that it need not change when those of today do.
 */
final class FirstStory {

  static final int VERSION = 1;

  private final RunStream stream;
  private final RunRecord.Started started;
  private final String environment;

  private FirstStory(RunStream stream, String environment) {
    this.stream = stream;
    this.started = stream.started().orElseThrow();
    this.environment = environment;
  }

  static LeftRun read(RunStream stream, String environment) {
    FirstStory story = new FirstStory(stream, environment);
    return story.started.runbook().equals(RunHost.ROLLBACK) ? story.rollback() : story.deploy();
  }

  private LeftRun deploy() {
    JsonNode plan = value("plan");
    JsonNode production = plan.path("production");
    boolean switchesWithUpload = isWithUpload(production);
    String switching = (switchesWithUpload ? "upload " : "activate ") + environment;
    JsonNode base = value("read " + environment);
    LeftRun.Before before = before(base);
    Optional<Version> better = Forms.optional(Forms.VERSION).read(base.path("better"));
    String stagingSwitch =
        (isWithUpload(plan.path("staging")) ? "upload" : "activate") + " staging";
    return new LeftRun(
        started.runbook(),
        VERSION,
        plan.path("label").asText(),
        Forms.text(production, "resource"),
        production.path("reversible").asBoolean(),
        stream.mayHaveHappened(stagingSwitch),
        before,
        made("upload " + environment),
        intended(switching),
        switchesWithUpload,
        stream.decided("compare settings of " + environment, Forms.list(Forms.LIVE_SETTING)),
        value("check " + environment).path("kind").asText().equals("FAIL"),
        stream.cancelled().map(RunRecord.Cancelled::reason),
        before.version().isPresent() ? better.or(before::version) : Optional.empty(),
        intended("put back " + environment));
  }

  private LeftRun rollback() {
    return new LeftRun(
        started.runbook(),
        VERSION,
        "",
        Forms.text(Forms.object().set("name", value("find the resource")), "name"),
        true,
        false,
        before(value("read " + environment)),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        false,
        Optional.empty(),
        chosen("choose an earlier version").or(() -> chosen("choose the version")),
        intended("put back " + environment));
  }

  private LeftRun.Before before(JsonNode base) {
    return new LeftRun.Before(
        Forms.optional(Forms.DEPLOYMENT).read(base.path("deployment")),
        Forms.optional(Forms.VERSION).read(base.path("version")),
        Forms.list(Forms.LIVE_SETTING).read(base.path("settings")),
        baseline(value("look at " + environment)));
  }

  private static Baseline baseline(JsonNode node) {
    return new Baseline(
        Forms.text(node, "health").map(Health::valueOf),
        Forms.text(node, "identity"),
        node.path("account").asText());
  }

  private Optional<Version> chosen(String step) {
    return Forms.optional(Forms.VERSION).read(value(step).path("to"));
  }

  private Optional<Version> made(String upload) {
    return stream
        .result(upload)
        .filter(RunRecord.Result::done)
        .map(result -> Forms.VERSION.read(result.value()));
  }

  private Optional<String> intended(String effect) {
    return stream.intent(effect).map(RunRecord.Intent::step);
  }

  private JsonNode value(String step) {
    return stream
        .decision(step)
        .filter(decision -> decision.failure().isEmpty())
        .map(RunRecord.Decision::value)
        .orElseGet(MissingNode::getInstance);
  }

  private static boolean isWithUpload(JsonNode prepared) {
    return prepared.path("activation").asText().equals("WITH_UPLOAD");
  }
}
