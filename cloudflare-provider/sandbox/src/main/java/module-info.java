/**
 * A local Cloudflare for tests and demos: the API that deploys Workers and the edge that serves
 * them.
 */
@org.jspecify.annotations.NullMarked
module nl.praatmetjeboekhouding.dirk.cloudflare.sandbox {
  requires transitive nl.praatmetjeboekhouding.dirk;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires jdk.httpserver;
  requires org.slf4j;
  requires static org.jspecify;

  exports nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;
}
