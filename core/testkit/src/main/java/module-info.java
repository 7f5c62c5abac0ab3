/** The contracts that providers and journals keep, as JUnit tests to extend. */
@org.jspecify.annotations.NullMarked
module nl.praatmetjeboekhouding.dirk.testkit {
  requires transitive nl.praatmetjeboekhouding.dirk;
  requires transitive org.junit.jupiter.api;
  requires com.fasterxml.jackson.databind;
  requires org.assertj.core;
  requires static org.jspecify;

  exports nl.praatmetjeboekhouding.dirk.testkit;
  exports nl.praatmetjeboekhouding.dirk.testkit.simulation;

  // JUnit calls the rules, which are not public.
  opens nl.praatmetjeboekhouding.dirk.testkit to
      org.junit.platform.commons;
}
