package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.util.Set;

/** What a token may do, in the words of Cloudflare's dashboard. Who may write may read. */
public enum Permission {
  /** Reads the token's user. */
  USER_DETAILS_READ,
  /** Reads which accounts the user is a member of. */
  MEMBERSHIPS_READ,
  /** Reads accounts. */
  ACCOUNT_SETTINGS_READ,
  /** Changes Workers, and with them their versions, deployments, secrets and custom domains. */
  WORKERS_SCRIPTS_WRITE,
  /** Reads Workers, and with them their versions, deployments, settings and custom domains. */
  WORKERS_SCRIPTS_READ,
  /** Changes Pages projects, and with them their deployments. */
  PAGES_WRITE,
  /** Reads Pages projects and their deployments. */
  PAGES_READ,
  /** Reads zones. */
  ZONE_READ,
  /** Changes routes. */
  WORKERS_ROUTES_WRITE,
  /** Reads routes. */
  WORKERS_ROUTES_READ;

  boolean isIn(Set<Permission> had) {
    return had.contains(this) || had.contains(stronger());
  }

  private Permission stronger() {
    return switch (this) {
      case WORKERS_SCRIPTS_READ -> WORKERS_SCRIPTS_WRITE;
      case WORKERS_ROUTES_READ -> WORKERS_ROUTES_WRITE;
      case PAGES_READ -> PAGES_WRITE;
      default -> this;
    };
  }
}
