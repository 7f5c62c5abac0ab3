package nl.praatmetjeboekhouding.dirk.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.model.SoakPolicy;

/** Reads how traffic comes to a new version. */
final class RolloutReader {

  private static final String RAMP = "percentages that ascend from at least 1 to at most 99";

  private RolloutReader() {}

  static RolloutPolicy read(Section section) {
    RolloutPolicy standard = RolloutPolicy.standard();
    boolean dark = section.flag("dark").orElse(standard.dark());
    List<Integer> ramp = ramp(section);
    Optional<Duration> rampSoak = section.duration("rampSoak");
    if (rampSoak.isPresent() && !section.names().contains("ramp")) {
      section.fault("rampSoak", "needs a ramp: write \"ramp\": [10, 50] beside it");
    }
    SoakPolicy soak = section.section("soak").map(RolloutReader::soak).orElseGet(SoakPolicy::none);
    Optional<Duration> confirmWithin = section.duration("confirmWithin");
    section.end();
    return new RolloutPolicy(dark, ramp, rampSoak.orElse(standard.rampSoak()), soak, confirmWithin);
  }

  private static List<Integer> ramp(Section section) {
    List<Integer> ramp = new ArrayList<>();
    int before = 0;
    for (Node item :
        section.items("ramp", "a list of " + RAMP).map(Node.Items::items).orElse(List.of())) {
      if (!(item instanceof Node.Amount amount)
          || !Section.isWhole(amount.value(), before + 1L, 99)) {
        section.fault("ramp", item, "must be " + RAMP);
        return List.of();
      }
      before = amount.value().intValueExact();
      ramp.add(before);
    }
    return ramp;
  }

  private static SoakPolicy soak(Section section) {
    SoakPolicy standard = SoakPolicy.none();
    Optional<Duration> length = section.required("for", section.duration("for"), "\"for\": \"5m\"");
    SoakPolicy soak =
        new SoakPolicy(
            length.orElse(Duration.ZERO),
            section.duration("every").orElse(standard.every()),
            section.count("badReadings", 1000).map(Math::toIntExact).orElse(standard.badReadings()),
            section
                .number("badPercent", 0, 100)
                .map(Math::toIntExact)
                .orElse(standard.badPercent()),
            section.count("atLeast", 1000).map(Math::toIntExact).orElse(standard.atLeast()));
    section.end();
    return soak;
  }
}
