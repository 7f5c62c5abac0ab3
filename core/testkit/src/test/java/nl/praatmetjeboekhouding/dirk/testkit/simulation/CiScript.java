package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/** Sends an upload up to three times and the switch once; a script that died is run anew. */
record CiScript() implements Strategy {

  private static final int UPLOADS = 3;

  @Override
  public Ending deploy(Bench bench) {
    for (int sent = 1; sent <= UPLOADS; sent++) {
      try {
        return activate(bench, bench.upload());
      } catch (ProviderException e) {
        bench.pause();
      }
    }
    return Ending.FAILED;
  }

  private static Ending activate(Bench bench, String version) {
    try {
      bench.activate(version);
      return Ending.OK;
    } catch (ProviderException e) {
      return Ending.FAILED;
    }
  }

  @Override
  public String toString() {
    return "CI script (sends an upload again, not the switch; is run anew when it died)";
  }
}
