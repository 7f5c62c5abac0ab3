package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

/** How much of the traffic a version gets, in percent. */
record Share(String versionId, double percentage) {}
