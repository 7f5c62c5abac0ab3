/**
 * The runbooks of a DevOps lead: deploy, roll back, and report, over whatever providers implement.
 */
@org.jspecify.annotations.NullMarked
module nl.praatmetjeboekhouding.dirk {
  requires transitive com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.core;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports nl.praatmetjeboekhouding.dirk;
  exports nl.praatmetjeboekhouding.dirk.catalog;
  exports nl.praatmetjeboekhouding.dirk.command;
  exports nl.praatmetjeboekhouding.dirk.config;
  exports nl.praatmetjeboekhouding.dirk.context;
  exports nl.praatmetjeboekhouding.dirk.error;
  exports nl.praatmetjeboekhouding.dirk.journal;
  exports nl.praatmetjeboekhouding.dirk.model;
  exports nl.praatmetjeboekhouding.dirk.report;
  exports nl.praatmetjeboekhouding.dirk.run;
  exports nl.praatmetjeboekhouding.dirk.spi;
  exports nl.praatmetjeboekhouding.dirk.testing;
  exports nl.praatmetjeboekhouding.dirk.time;

  uses nl.praatmetjeboekhouding.dirk.spi.AlertSourceProvider;
  uses nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
  uses nl.praatmetjeboekhouding.dirk.spi.HealthProbeProvider;
}
