package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.StepReport;

/**
 * One request of a scene disturbed in one way, and what became of the run.
 *
 * @param index which request of the undisturbed run, from 0
 */
record WireCase(
    WireScene scene, int index, WireFault fault, WireRun.Seen undisturbed, WireRun.Seen seen) {

  WireRun.Asked request() {
    return undisturbed.requests().get(index);
  }

  Outcome outcome() {
    return seen.report().outcome();
  }

  /** How much longer the run took than undisturbed; less than zero where it ended early. */
  Duration later() {
    return seen.took().minus(undisturbed.took());
  }

  /** How often the request was sent: the disturbed one, and those that follow as its repetition. */
  int attempts() {
    return request().isRead() ? readAttempts() : writeAttempts();
  }

  private int readAttempts() {
    int usual = following(undisturbed.requests().subList(index + 1, undisturbed.requests().size()));
    boolean wentOn =
        seen.report().steps().stream()
            .anyMatch(
                step ->
                    step.name().equals(request().step())
                        && step.status() == StepReport.Status.DONE);
    return 1 + following(after()) - (wentOn ? usual : 0);
  }

  private int following(List<WireRun.Asked> later) {
    int count = 0;
    while (count < later.size() && isSame(later.get(count).call())) {
      count++;
    }
    return count;
  }

  private int writeAttempts() {
    int attempts = 1;
    for (WireRun.Asked asked : after()) {
      if (asked.isRead() || (fault.hangs() && asked.call().faulty())) {
        continue;
      }
      if (!isSame(asked.call()) || !asked.step().equals(request().step())) {
        break;
      }
      attempts++;
    }
    return attempts;
  }

  /** What was asked after the disturbed request, which is not in the log while it hangs. */
  private List<WireRun.Asked> after() {
    List<WireRun.Asked> all = seen.requests();
    boolean isLogged = index < all.size() && all.get(index).call().faulty();
    return all.subList(Math.min(all.size(), isLogged ? index + 1 : index), all.size());
  }

  private boolean isSame(ApiCall other) {
    return other.method().equals(request().call().method())
        && other.path().equals(request().call().path());
  }

  /** Whether the run kept every promise. */
  void check() {
    new WirePromises(scene, fault.isOutage(), seen).check();
  }

  @Override
  public String toString() {
    return scene
        + " "
        + (index + 1)
        + " "
        + request().step()
        + ": "
        + WireTable.name(request().call())
        + ", "
        + fault.title();
  }
}
