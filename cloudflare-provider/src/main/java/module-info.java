/** Workers and Pages through Cloudflare's API, as a plain client and as deployers. */
@org.jspecify.annotations.NullMarked
module nl.praatmetjeboekhouding.dirk.cloudflare {
  requires transitive nl.praatmetjeboekhouding.dirk;
  requires nl.praatmetjeboekhouding.dirk.http;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.dataformat.toml;
  requires org.apache.commons.codec;
  requires static org.jspecify;

  exports nl.praatmetjeboekhouding.dirk.cloudflare;

  provides nl.praatmetjeboekhouding.dirk.spi.DeployerProvider with
      nl.praatmetjeboekhouding.dirk.cloudflare.CloudflareDeployerProvider,
      nl.praatmetjeboekhouding.dirk.cloudflare.PagesDeployerProvider;
}
