package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

/** A host name that belongs to a Worker as a whole. */
record CustomDomain(String id, String hostname, Zone zone, String worker) {}
