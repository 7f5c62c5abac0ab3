/** JSON APIs and the HTTP health probe, over OkHttp. */
@org.jspecify.annotations.NullMarked
module nl.praatmetjeboekhouding.dirk.http {
  requires transitive nl.praatmetjeboekhouding.dirk;
  requires transitive com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.core;
  requires io.github.bucket4j.core;
  requires io.github.resilience4j.core;
  requires io.github.resilience4j.retry;
  requires okhttp3;
  requires static org.jspecify;

  exports nl.praatmetjeboekhouding.dirk.http;

  provides nl.praatmetjeboekhouding.dirk.spi.HealthProbeProvider with
      nl.praatmetjeboekhouding.dirk.http.HttpProbeProvider;
}
