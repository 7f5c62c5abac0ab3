/** The contracts that providers and journals keep, as JUnit tests to extend. */
@org.jspecify.annotations.NullMarked
module nl.praatmetjeboekhouding.dirk.testkit {
  requires transitive nl.praatmetjeboekhouding.dirk;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;
  requires com.fasterxml.jackson.databind;
  requires static org.jspecify;

  exports nl.praatmetjeboekhouding.dirk.testkit;
}
