package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

/** What a token may do, in the words of Cloudflare's dashboard. */
public enum Permission {
  /** Reads the token's user. */
  USER_DETAILS_READ,
  /** Reads accounts and memberships. */
  ACCOUNT_SETTINGS_READ,
  /** Reads Workers, their versions, deployments and settings. */
  WORKERS_SCRIPTS_READ,
  /** Reads and changes Workers. */
  WORKERS_SCRIPTS_WRITE,
  /** Reads zones. */
  ZONE_READ,
  /** Reads and changes routes and custom domains. */
  WORKERS_ROUTES_WRITE
}
