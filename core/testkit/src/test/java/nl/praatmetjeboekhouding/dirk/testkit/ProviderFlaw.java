package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.Set;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;

/** What a provider can do wrong, and the rules that say so. */
enum ProviderFlaw {
  NAMELESS("P1"),
  LATE("P2 P5 P7 P8"),
  HIDDEN("P3 P5"),
  UNLISTED("P4 P5"),
  TWIN("P5 P7 P8"),
  STINGY("P6"),
  LAZY("P7"),
  CARELESS("P8"),
  CURIOUS("P9"),
  GENEROUS("P10"),
  TRUSTING("P11"),
  TALKATIVE("P12");

  private final String rules;

  ProviderFlaw(String rules) {
    this.rules = rules;
  }

  /** The rules that it breaks. */
  Set<String> rules() {
    return Set.of(rules.split(" ", -1));
  }

  /** A provider with the flaw. */
  DeployerProvider provider() {
    return switch (this) {
      case NAMELESS -> new FlawedProviders.Nameless();
      case LATE -> new FlawedProviders.Late();
      case HIDDEN -> new FlawedProviders.Hidden();
      case UNLISTED -> new FlawedProviders.Unlisted();
      case TWIN -> new FlawedProviders.Twin();
      case STINGY -> new FlawedProviders.Stingy();
      case LAZY -> new FlawedProviders.Lazy();
      case CARELESS -> new FlawedProviders.Careless();
      case CURIOUS -> new FlawedProviders.Curious();
      case GENEROUS -> new FlawedProviders.Generous();
      case TRUSTING -> new FlawedProviders.Trusting();
      case TALKATIVE -> new FlawedProviders.Talkative();
    };
  }
}
