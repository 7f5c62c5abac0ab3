package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

/**
 * A module of a Worker.
 *
 * @param contentType says how it is imported, such as {@code application/javascript+module}
 */
record ModuleFile(String name, String contentType, Bytes content) {

  boolean isSourceMap() {
    return contentType.equals("application/source-map");
  }
}
