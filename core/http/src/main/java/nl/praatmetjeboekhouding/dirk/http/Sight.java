package nl.praatmetjeboekhouding.dirk.http;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;

/** What a page that was seen says: how its giver is, and who that is. */
final class Sight {

  private Sight() {}

  static Reading of(Page page, IdentityRule rule, Instant at) {
    Judgement judgement = Judgement.of(page);
    Told told =
        judgement.health() == Health.INCONCLUSIVE ? Told.nothing("") : Identities.find(rule, page);
    Reading reading =
        Reading.of(health(judgement, told), reason(judgement, told), at)
            .withExcerpt(page.excerpt());
    Reading named = told.identity().map(reading::withIdentity).orElse(reading);
    return page.certificateExpiry().map(named::withCertificateExpiry).orElse(named);
  }

  /** Good by whom we could not find out is nothing that may count. */
  private static Health health(Judgement judgement, Told told) {
    return told.gaveUp() && judgement.health() == Health.HEALTHY
        ? Health.INCONCLUSIVE
        : judgement.health();
  }

  private static String reason(Judgement judgement, Told told) {
    String version = told.why().isEmpty() ? "" : "does not tell its version: " + told.why();
    return Stream.of(judgement.reason(), version)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
