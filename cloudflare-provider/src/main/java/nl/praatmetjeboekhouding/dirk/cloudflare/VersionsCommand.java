package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Split;

/**
 * Which versions get how much of a Worker's traffic. Those without a percentage share what the
 * others leave. Never changes: each method gives one of its own.
 */
public final class VersionsCommand {

  private static final int MOST = 2;
  private static final int DIGITS = 3;
  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  /**
   * A version as it was named.
   *
   * @param name its id or its tag
   */
  record Named(String name, boolean byTag) {

    Named {
      requireNonNull(name, "name");
    }
  }

  private final Map<Named, Optional<BigDecimal>> versions;
  private final String message;

  private VersionsCommand(Map<Named, Optional<BigDecimal>> versions, String message) {
    this.versions = versions;
    this.message = message;
  }

  /** All traffic to this version, unless others are named too. */
  public static VersionsCommand version(String id) {
    return new VersionsCommand(Map.of(), "").andVersion(id);
  }

  /**
   * A part of the traffic to this version.
   *
   * @param percent 0 to 100; of 0 it can be reached only by asking for it
   */
  public static VersionsCommand version(String id, BigDecimal percent) {
    return new VersionsCommand(Map.of(), "").andVersion(id, percent);
  }

  /** All traffic to the version with this tag, unless others are named too. */
  public static VersionsCommand tagged(String tag) {
    return new VersionsCommand(Map.of(), "").andTagged(tag);
  }

  /**
   * A part of the traffic to the version with this tag.
   *
   * @param percent 0 to 100; of 0 it can be reached only by asking for it
   */
  public static VersionsCommand tagged(String tag, BigDecimal percent) {
    return new VersionsCommand(Map.of(), "").andTagged(tag, percent);
  }

  /** This one, and what is left to this version. */
  public VersionsCommand andVersion(String id) {
    return and(new Named(id, false), Optional.empty());
  }

  /** This one, and a part to this version. */
  public VersionsCommand andVersion(String id, BigDecimal percent) {
    return and(new Named(id, false), Optional.of(percent));
  }

  /** This one, and what is left to the version with this tag. */
  public VersionsCommand andTagged(String tag) {
    return and(new Named(tag, true), Optional.empty());
  }

  /** This one, and a part to the version with this tag. */
  public VersionsCommand andTagged(String tag, BigDecimal percent) {
    return and(new Named(tag, true), Optional.of(percent));
  }

  /** This one, for a reason. */
  public VersionsCommand because(String reason) {
    return new VersionsCommand(versions, requireNonNull(reason, "reason"));
  }

  private VersionsCommand and(Named version, Optional<BigDecimal> percent) {
    percent
        .filter(share -> share.signum() < 0 || share.compareTo(ALL) > 0)
        .ifPresent(
            share -> {
              throw new IllegalArgumentException(
                  "a version gets 0 to 100 percent: " + version.name() + " " + share);
            });
    Map<Named, Optional<BigDecimal>> more = new LinkedHashMap<>(versions);
    more.merge(version, percent, (earlier, later) -> later.or(() -> earlier));
    return new VersionsCommand(more, message);
  }

  String message() {
    return message;
  }

  List<Named> versions() {
    return List.copyOf(versions.keySet());
  }

  /**
   * The traffic of versions with these ids, in the order in which they were named.
   *
   * @throws IllegalArgumentException if they are more than two, the same, or do not make up 100
   *     percent
   */
  Split split(List<String> ids) {
    if (ids.size() > MOST) {
      throw new IllegalArgumentException(
          "a deployment has at most " + MOST + " versions: " + String.join(", ", ids));
    }
    if (ids.stream().distinct().count() < ids.size()) {
      throw new IllegalArgumentException("a version stands twice: " + String.join(", ", ids));
    }
    BigDecimal rest =
        versions.values().stream().flatMap(Optional::stream).reduce(ALL, BigDecimal::subtract);
    long open = versions.values().stream().filter(Optional::isEmpty).count();
    if (rest.signum() < 0 || (open == 0 && rest.signum() != 0)) {
      throw new IllegalArgumentException(
          "the versions get " + ALL.subtract(rest).toPlainString() + " percent, not 100");
    }
    List<Optional<BigDecimal>> percents = List.copyOf(versions.values());
    Map<String, BigDecimal> shares = new LinkedHashMap<>();
    for (int index = 0; index < ids.size(); index++) {
      BigDecimal left = rest;
      shares.put(
          ids.get(index),
          percents
              .get(index)
              .orElseGet(
                  () -> left.divide(BigDecimal.valueOf(open), DIGITS, RoundingMode.HALF_UP)));
    }
    return new Split(
        shares.entrySet().stream()
            .map(share -> new Split.Share(share.getKey(), share.getValue()))
            .toList());
  }

  @Override
  public String toString() {
    return versions.toString();
  }
}
