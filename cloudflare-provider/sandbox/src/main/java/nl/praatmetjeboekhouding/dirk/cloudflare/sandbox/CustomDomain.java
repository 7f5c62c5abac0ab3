package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

/**
 * A host name that belongs to a Worker as a whole.
 *
 * @param certificate the id of its certificate, which is nowhere else
 */
record CustomDomain(String id, String hostname, Zone zone, String worker, String certificate) {}
