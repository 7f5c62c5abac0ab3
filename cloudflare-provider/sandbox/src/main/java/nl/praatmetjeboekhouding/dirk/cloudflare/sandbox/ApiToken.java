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

  /** A token that may do so much and no more. */
  public static ApiToken of(String value, Permission... permissions) {
    return new ApiToken(value, Set.of(permissions));
  }

  /** This token without some permissions. */
  public ApiToken without(Permission... lacking) {
    Set<Permission> left = EnumSet.noneOf(Permission.class);
    left.addAll(permissions);
    left.removeAll(Set.of(lacking));
    return new ApiToken(value, left);
  }

  boolean allows(Permission permission) {
    return permission.isIn(permissions);
  }

  @Override
  public String toString() {
    return "ApiToken" + permissions;
  }
}
