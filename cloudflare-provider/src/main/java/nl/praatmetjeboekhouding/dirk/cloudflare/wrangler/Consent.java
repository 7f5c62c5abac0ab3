package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

/** What a deploy does only if it was asked for. */
public enum Consent {
  /**
   * Namespaces, databases, buckets and queues that bindings name and that are not there are made.
   */
  NEW_RESOURCES,
  /**
   * Custom domains are taken from other Workers, and from DNS records that stand in their place.
   */
  TAKEN_DOMAINS,
  /** Workflows are taken from other Workers. */
  TAKEN_WORKFLOWS
}
