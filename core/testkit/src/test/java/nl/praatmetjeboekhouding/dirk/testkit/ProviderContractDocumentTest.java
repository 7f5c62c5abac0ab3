package nl.praatmetjeboekhouding.dirk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document has the rules that are tried, word for word, and no others. */
final class ProviderContractDocumentTest {

  private static final Path DOCUMENT = Path.of("../../docs/provider-contract.md");
  private static final Pattern RULE = Pattern.compile("\\*\\*([A-Z]\\d+: [^*]+)\\.?\\*\\*");

  @Test
  void hasTheRulesOfEveryContract() throws IOException {
    String text = Files.readString(DOCUMENT).replaceAll("\\s+", " ");

    List<String> written =
        RULE.matcher(text)
            .results()
            .map((MatchResult rule) -> rule.group(1).replaceAll("\\.$", ""))
            .toList();

    assertThat(written)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    DeployerContract.class,
                    CrashContract.class,
                    HealthProbeContract.class,
                    ProviderContract.class,
                    JournalContract.class)
                .flatMap(ContractRun::sentences)
                .toList());
  }

  @Test
  void numbersTheRulesWithoutGaps() {
    for (Class<?> contract :
        List.of(
            DeployerContract.class,
            CrashContract.class,
            HealthProbeContract.class,
            ProviderContract.class,
            JournalContract.class)) {
      List<Integer> numbers =
          ContractRun.rules(contract).stream()
              .map(rule -> Integer.parseInt(rule.substring(1)))
              .sorted()
              .toList();

      assertThat(numbers).startsWith(1).endsWith(numbers.size()).doesNotHaveDuplicates();
    }
  }
}
