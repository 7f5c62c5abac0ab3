package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.Set;

/**
 * A token that the sandbox accepts. Its value is not a secret, but it is not printed either.
 *
 * @param value as it stands after {@code Bearer}
 * @param permissions what it may do
 */
public record ApiToken(String value, Set<Permission> permissions) {

  /** Checks that nothing is null and copies the permissions. */
  public ApiToken {
    requireNonNull(value, "value");
    permissions = Set.copyOf(permissions);
  }

  /** A token that may do everything. */
  public static ApiToken of(String value) {
    return new ApiToken(value, EnumSet.allOf(Permission.class));
  }

  /** This token without some permissions. */
  public ApiToken without(Permission... lacking) {
    Set<Permission> left = EnumSet.noneOf(Permission.class);
    left.addAll(permissions);
    left.removeAll(Set.of(lacking));
    return new ApiToken(value, left);
  }

  boolean allows(Permission permission) {
    return permissions.contains(permission)
        || (permission == Permission.WORKERS_SCRIPTS_READ
            && permissions.contains(Permission.WORKERS_SCRIPTS_WRITE));
  }

  @Override
  public String toString() {
    return "ApiToken" + permissions;
  }
}
