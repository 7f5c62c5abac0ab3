package nl.praatmetjeboekhouding.dirk;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A deploy that somebody asks for.
 *
 * @param service the service's name
 * @param taskId the run's id; the same id twice is one run. Empty: a new one is made
 */
public record DeployRequest(String service, Optional<String> taskId) {

  static final Pattern TASK_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Checks the id. */
  public DeployRequest {
    requireNonNull(service, "service");
    checkTaskId(taskId);
  }

  /** A deploy of a service under a new id. */
  public static DeployRequest of(String service) {
    return new DeployRequest(service, Optional.empty());
  }

  /** This one under an id: at most 64 letters, digits and {@code . _ -}. */
  public DeployRequest taskId(String id) {
    return new DeployRequest(service, Optional.of(id));
  }

  static void checkTaskId(Optional<String> taskId) {
    if (taskId.filter(id -> !TASK_ID.matcher(id).matches()).isPresent()) {
      throw new IllegalArgumentException(
          "taskId must be at most 64 letters, digits and . _ - and begin with one of the first two: "
              + taskId.get());
    }
  }
}
