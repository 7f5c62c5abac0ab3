package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which versions get which share of the traffic.
 *
 * @param shares in the order they were given; together 100 percent
 */
public record Split(List<Share> shares) {

  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  /**
   * One version's part.
   *
   * @param version the vendor's id of the version
   * @param percent 0 to 100; a share of zero can be reached only by asking for it
   */
  public record Share(String version, BigDecimal percent) {

    /** Checks the percentage. */
    public Share {
      requireNonNull(version, "version");
      requireNonNull(percent, "percent");
      if (percent.signum() < 0 || percent.compareTo(ALL) > 0) {
        throw new IllegalArgumentException("percent must be 0 to 100: " + percent);
      }
      percent = percent.signum() == 0 ? BigDecimal.ZERO : percent.stripTrailingZeros();
    }
  }

  /** Checks that the shares make up 100 percent. */
  public Split {
    shares = List.copyOf(shares);
    BigDecimal sum = shares.stream().map(Share::percent).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (sum.compareTo(ALL) != 0) {
      throw new IllegalArgumentException("shares must add up to 100 percent: " + shares);
    }
    if (shares.stream().map(Share::version).distinct().count() != shares.size()) {
      throw new IllegalArgumentException("each version must be named once: " + shares);
    }
  }

  /** All traffic to one version. */
  public static Split all(String version) {
    return new Split(List.of(new Share(version, ALL)));
  }

  /** The one version that gets all traffic, or empty if several share it. */
  public Optional<String> sole() {
    return shares.stream()
        .filter(share -> share.percent().compareTo(ALL) == 0)
        .map(Share::version)
        .findFirst();
  }

  /** Whether this version is part of it, with whatever share. */
  public boolean names(String version) {
    return shares.stream().anyMatch(share -> share.version().equals(version));
  }

  /**
   * Whether both send the same share to the same versions, in whatever order and whatever way of
   * writing numbers.
   */
  public boolean sameAs(Split other) {
    return List.copyOf(shares).containsAll(other.shares) && other.shares.containsAll(shares);
  }

  /** {@code v1 90%, v2 10%}. */
  @Override
  public String toString() {
    return shares.stream()
        .map(share -> share.version() + " " + share.percent().toPlainString() + "%")
        .collect(Collectors.joining(", "));
  }
}
