package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A preview address that is named after a branch. */
final class PreviewAliasTest {

  @ParameterizedTest
  @CsvSource({
    "main, main",
    "feat/Cart_Total, feat-cart-total",
    "--fix---it--, fix-it",
    "r\u00e9sum\u00e9, r-sum"
  })
  void isMadeOfWhatHostNamesMayHave(String branch, String alias) {
    assertThat(named("shop", branch).alias()).contains(alias);
  }

  @Test
  void isCutToWhatALabelHoldsWithAHashThatTellsBranchesApart() {
    String branch = "b".repeat(70);

    String alias = named("shop", branch).alias().orElseThrow();

    assertThat(alias).hasSize(63 - "shop-".length()).matches("b+-[0-9a-f]{4}");
    assertThat(named("shop", branch + "c").alias()).isPresent().isNotEqualTo(alias);
    assertThat(named("shop", branch + "c").alias().orElseThrow()).isNotEqualTo(alias);
    assertThat(named("shop", "b".repeat(58)).alias()).contains("b".repeat(58));
  }

  @ParameterizedTest
  @ValueSource(strings = {"42", "", "//", "7-up"})
  void isNoneIfItWouldNotBeginWithALetter(String branch) {
    assertThat(named("shop", branch).alias()).isEmpty();
  }

  @Test
  void isNoneIfTheWorkersOwnNameLeavesNoRoom() {
    assertThat(named("w".repeat(57), "feature").alias()).isEmpty();
    assertThat(named("w".repeat(56), "feature").alias().orElseThrow()).matches("f-[0-9a-f]{4}");
  }

  private static VersionNote named(String worker, String branch) {
    return VersionNote.none().withAliasOf(worker, branch);
  }
}
