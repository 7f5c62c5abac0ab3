package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.util.Locale;

/**
 * Where something can go wrong: the third read of the second run, or the moment before it.
 *
 * @param run the number of the run, from 1
 * @param place what the run was doing
 * @param inProduction whether there, or in staging or nowhere in particular
 * @param facet which side of it
 * @param nth how often the run had come to this place, from 1
 */
record Point(int run, Place place, boolean inProduction, Facet facet, int nth) {

  /** What a run does when something goes wrong. */
  enum Place {
    PREPARE("question what an upload would do"),
    UPLOAD("upload"),
    ACTIVATE("switch"),
    READ("read"),
    FIND("look for what became of a call"),
    REFRESH("look whether the vendor is ready"),
    READING("look of the probe"),
    ENTRY("entry in the journal"),
    LEASE("taking or giving back of a lease"),
    STRANGER("a stranger's deploy");

    private final String words;

    Place(String words) {
      this.words = words;
    }

    boolean isWrite() {
      return this == UPLOAD || this == ACTIVATE;
    }

    boolean isJournal() {
      return this == ENTRY || this == LEASE;
    }
  }

  /** Which side of it something can go wrong on. */
  enum Facet {
    /** What happens in the world directly before. */
    MEANWHILE,
    /** Whether the process gets there. */
    BEFORE,
    /** What becomes of it. */
    ITSELF,
    /** Whether somebody else is faster, though it was sent. */
    OVERTAKEN,
    /** How long the vendor's reads do not show it. */
    SHOWN,
    /** How long the traffic does not follow it. */
    FOLLOWED,
    /** Whether the process gets away from there. */
    AFTER
  }

  /** One number for it, mixed with a seed. */
  long mixed(long seed) {
    long what = 31L * place.name().hashCode() + facet.name().hashCode() + (inProduction ? 1 : 0);
    long where = 100_003L * run + nth;
    return mix(mix(seed * 0x9E3779B97F4A7C15L + what) + where * 0xD1B54A32D192ED03L);
  }

  /** A number that tells nothing about the one it was made of. */
  static long mix(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** A number of 0 to 1, without 1. */
  static double unit(long mixed) {
    return (mixed >>> 11) * 0x1.0p-53;
  }

  @Override
  public String toString() {
    String side =
        switch (facet) {
          case BEFORE, MEANWHILE -> "before ";
          case AFTER -> "after ";
          case ITSELF, OVERTAKEN, SHOWN, FOLLOWED -> "";
        };
    String where =
        place.isWrite() || place == Place.READ || place == Place.READING
            ? (inProduction ? " in production" : " in staging")
            : "";
    return String.format(Locale.ROOT, "run %d, %s%s %d%s", run, side, place.words, nth, where);
  }
}
