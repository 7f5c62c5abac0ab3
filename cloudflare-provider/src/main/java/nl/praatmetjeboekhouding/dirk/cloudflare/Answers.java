package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;

/** Reads Cloudflare's versions and deployments. */
final class Answers {

  private static final Pattern BARE_UUID =
      Pattern.compile(
          "(\\p{XDigit}{8})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?(\\p{XDigit}{12})");

  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  /** How far from 100 shares may be: as much as wrangler allows, and Cloudflare takes. */
  private static final BigDecimal ROUNDING = new BigDecimal("0.001");

  private Answers() {}

  static Version version(JsonNode json, Target target) {
    Version version = Version.of(id(json, "version"), target);
    Optional<Instant> created = created(json.path("metadata"));
    version = created.isPresent() ? version.withCreated(created.get()) : version;
    Optional<String> key = Annotations.uploadKey(json);
    version = key.isPresent() ? version.withKey(key.get()) : version;
    return Annotations.release(json).map(version::withRelease).orElse(version);
  }

  /**
   * The version that a put made live, or empty if the answer does not tell; it calls it {@code
   * deployment_id} and leaves the hyphens out.
   */
  static Optional<String> liveVersion(JsonNode put) {
    Matcher id = BARE_UUID.matcher(put.path("deployment_id").asText(""));
    return id.matches() ? Optional.of(id.replaceFirst("$1-$2-$3-$4-$5")) : Optional.empty();
  }

  static Deployment deployment(JsonNode json, Target target) {
    Deployment deployment = Deployment.of(id(json, "deployment"), target, split(json));
    Optional<Instant> created = created(json);
    deployment = created.isPresent() ? deployment.withCreated(created.get()) : deployment;
    return Annotations.activationKey(json).map(deployment::withKey).orElse(deployment);
  }

  static Optional<Instant> created(JsonNode json) {
    try {
      return Optional.of(json.path("created_on").asText(""))
          .filter(text -> !text.isEmpty())
          .map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String id(JsonNode json, String what) {
    String id = json.path("id").asText("");
    if (id.isBlank()) {
      throw unreadable("a " + what + " without an id");
    }
    return id;
  }

  private static Split split(JsonNode json) {
    List<Split.Share> shares = new ArrayList<>();
    try {
      for (JsonNode share : json.path("versions")) {
        BigDecimal percent = new BigDecimal(share.path("percentage").asText());
        shares.add(new Split.Share(share.path("version_id").asText(), percent));
      }
      return new Split(whole(shares));
    } catch (IllegalArgumentException e) {
      throw unreadable("a deployment whose shares do not add up");
    }
  }

  /** Shares that were rounded, as of a third, with what is missing or too much at the largest. */
  private static List<Split.Share> whole(List<Split.Share> shares) {
    BigDecimal sum =
        shares.stream().map(Split.Share::percent).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal missing = ALL.subtract(sum);
    if (shares.isEmpty() || missing.signum() == 0 || missing.abs().compareTo(ROUNDING) > 0) {
      return shares;
    }
    String largest = Collections.max(shares, Comparator.comparing(Split.Share::percent)).version();
    return shares.stream()
        .map(
            share ->
                share.version().equals(largest)
                    ? new Split.Share(share.version(), share.percent().add(missing))
                    : share)
        .toList();
  }

  private static ProviderException unreadable(String what) {
    return ProviderException.of(
        FailureKind.UNREADABLE, "Cloudflare answered with " + what + "; look in its dashboard");
  }
}
