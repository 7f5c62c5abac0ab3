package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Progress;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** The stages that a Pages deployment goes through once it was taken. Used once, by one thread. */
final class PagesStages {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(16);

  /** As many characters of the log as tell what went wrong. */
  private static final int TOLD = 300;

  private final Pages pages;
  private final String project;
  private final String id;
  private final CallContext call;
  private final Remaining remaining;

  PagesStages(Pages pages, String project, String id, CallContext call) {
    this.pages = pages;
    this.project = project;
    this.id = id;
    this.call = call;
    this.remaining = new Remaining(call, pages.time());
  }

  /** The deployment once its last stage is through. */
  JsonNode await() {
    Duration wait = FIRST;
    Optional<JsonNode> seen = look();
    while (seen.isEmpty()) {
      Duration left = remaining.left();
      if (left.isZero()) {
        throw notYet(FailureKind.TIMEOUT, "after " + call.timeout().toMillis() + " ms");
      }
      Duration next = wait.compareTo(left) < 0 ? wait : left;
      if (!pages.time().pause(next, call.cancellation())) {
        throw notYet(FailureKind.STOPPED, "when it was asked to stop");
      }
      wait = wait.multipliedBy(2).compareTo(LONGEST) < 0 ? wait.multipliedBy(2) : LONGEST;
      seen = remaining.left().isZero() ? Optional.empty() : look();
    }
    return seen.get();
  }

  /** The deployment if it is through, or empty if that takes longer or is not to be seen now. */
  private Optional<JsonNode> look() {
    JsonNode now;
    try {
      now = pages.deployment(project, id, remaining.call());
    } catch (ProviderException e) {
      if (isForNow(e.kind())) {
        return Optional.empty();
      }
      throw e;
    }
    Progress progress = PagesAnswers.progress(now);
    if (progress instanceof Progress.Failed failed) {
      throw ProviderException.of(
          FailureKind.INVALID,
          "The deployment "
              + id
              + " of "
              + project
              + " did not go live: "
              + failed.reason()
              + log());
    }
    return progress instanceof Progress.Ready ? Optional.of(now) : Optional.empty();
  }

  private static boolean isForNow(FailureKind kind) {
    return kind == FailureKind.THROTTLED || (!kind.changedNothing() && kind != FailureKind.STOPPED);
  }

  /** What its log says last, or nothing if that cannot be read. */
  private String log() {
    try {
      List<JsonNode> lines =
          CloudflareApi.members(pages.log(project, id, remaining.call()).path("data"));
      String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1).path("line").asText("");
      String line = last.replaceAll("\\p{Cntrl}+", " ").strip();
      return line.isEmpty() ? "" : ": " + (line.length() > TOLD ? line.substring(0, TOLD) : line);
    } catch (ProviderException e) {
      return "";
    }
  }

  private ProviderException notYet(FailureKind kind, String when) {
    return ProviderException.of(
        kind,
        "The deployment "
            + id
            + " of "
            + project
            + " was not live "
            + when
            + "; it goes on at Cloudflare, so look again");
  }
}
