/** One main a task, and the demo. Never published. */
@org.jspecify.annotations.NullMarked
module nl.praatmetjeboekhouding.dirk.examples {
  requires nl.praatmetjeboekhouding.dirk;
  requires nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;
  requires static org.jspecify;

  exports nl.praatmetjeboekhouding.dirk.examples;

  // snippet: provides
  provides nl.praatmetjeboekhouding.dirk.spi.DeployerProvider with
      nl.praatmetjeboekhouding.dirk.examples.symlink.SymlinkDeployerProvider;
// end
}
