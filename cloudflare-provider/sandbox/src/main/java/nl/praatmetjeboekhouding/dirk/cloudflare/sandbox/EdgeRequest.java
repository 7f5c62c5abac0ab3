package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

/** A request at the edge, and the host that it is for. */
record EdgeRequest(Request http, String host) {

  /** What a Worker sees as the address. */
  String url() {
    String query = http.rawQuery().isEmpty() ? "" : "?" + http.rawQuery();
    return "https://" + host + http.path() + query;
  }
}
