package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

/** Says what of a folder is left out. Paths have forward slashes, and none at the front. */
public interface Ignored {

  /** Whether a file is left out, if no folder that it is in is. */
  boolean ignoresFile(String path);

  /** Whether a folder is left out with all that is in it, if no folder that it is in is. */
  boolean ignoresFolder(String path);
}
