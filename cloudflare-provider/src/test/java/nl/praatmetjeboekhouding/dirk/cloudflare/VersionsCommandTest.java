package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.model.Split;
import org.junit.jupiter.api.Test;

class VersionsCommandTest {

  private static final List<String> TWO = List.of("a", "b");

  @Test
  void oneVersionGetsAll() {
    assertThat(VersionsCommand.version("a").split(List.of("a"))).isEqualTo(Split.all("a"));
  }

  @Test
  void versionsWithoutAPercentageShareWhatTheOthersLeave() {
    assertThat(VersionsCommand.version("a").andVersion("b").split(TWO).toString())
        .contains("a 50%", "b 50%");
    assertThat(VersionsCommand.version("a", percent("30")).andVersion("b").split(TWO).toString())
        .contains("a 30%", "b 70%");
    assertThat(VersionsCommand.version("a", percent("100")).andTagged("b").split(TWO).toString())
        .contains("a 100%", "b 0%");
    assertThat(VersionsCommand.tagged("a", percent("20")).andVersion("b").split(TWO).toString())
        .contains("a 20%", "b 80%");
  }

  @Test
  void theSameVersionNamedAgainIsOne() {
    VersionsCommand twice = VersionsCommand.version("a", percent("100")).andVersion("a");

    assertThat(twice.versions()).hasSize(1);
    assertThat(twice.split(List.of("a"))).isEqualTo(Split.all("a"));
  }

  @Test
  void refusesWhatIsNotAllOfTheTraffic() {
    VersionsCommand part = VersionsCommand.version("a", percent("60"));
    VersionsCommand much = part.andVersion("b", percent("50"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> part.split(List.of("a")))
        .withMessage("the versions get 60 percent, not 100");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> much.split(TWO))
        .withMessageContaining("110 percent");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> much.andVersion("b", percent("101")))
        .withMessageContaining("0 to 100");
  }

  @Test
  void refusesMoreThanTwoAndOneThatStandsTwice() {
    VersionsCommand three = VersionsCommand.version("a").andVersion("b").andVersion("c");
    VersionsCommand tagged = VersionsCommand.version("a").andTagged("t");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> three.split(List.of("a", "b", "c")))
        .withMessageContaining("at most 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tagged.split(List.of("a", "a")))
        .withMessageContaining("twice");
  }

  private static BigDecimal percent(String text) {
    return new BigDecimal(text);
  }
}
