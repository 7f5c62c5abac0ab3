package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteZonesTest {

  @ParameterizedTest
  @CsvSource({
    "example.com/*, example.com",
    "*.example.com/api/*, example.com",
    "*example.com/*, example.com",
    "https://Shop.example.com:8080/x, shop.example.com",
    "http://*.shop.example.com/*, shop.example.com",
    "example.com, example.com",
    "*/*, ''",
    "https://*/x, ''"
  })
  void readsTheHostOfAPatternWithoutItsWildcards(String pattern, String host) {
    assertThat(RouteZones.host(pattern)).isEqualTo(host);
  }
}
