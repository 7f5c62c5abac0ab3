package nl.praatmetjeboekhouding.dirk.internal;

import java.util.function.Function;

/**
 * Makes the story of a run.
 *
 * @param asked the story of the runbook that was asked for
 */
record Teller(Service service, Function<RunTools, Story> asked) {

  Story story(RunTools tools) {
    return asked.apply(tools);
  }

  /** The story that brings a run of an older story to a safe end. */
  Story recovery(RunTools tools, LeftRun left) {
    return new RecoveryRun(tools, service, left);
  }
}
