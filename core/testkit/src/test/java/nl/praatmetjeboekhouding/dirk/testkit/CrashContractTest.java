package nl.praatmetjeboekhouding.dirk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract notices what it is there to notice, and says where. */
final class CrashContractTest {

  @ParameterizedTest
  @EnumSource(CrashFlaw.class)
  void noticesTheFlawAndSaysWhereTheProcessDied(CrashFlaw flaw) {
    SortedMap<String, String> failures = ContractRun.failures(FlawedCrashContract.class, flaw);

    assertThat(failures.keySet()).as("%s", failures).isEqualTo(flaw.rules());
    assertThat(failures.values())
        .allSatisfy(failure -> assertThat(failure).contains(flaw.said(), ", died "));
  }

  @Test
  void hasAFlawForEveryRule() {
    Set<String> broken =
        Arrays.stream(CrashFlaw.values())
            .flatMap(flaw -> flaw.rules().stream())
            .collect(Collectors.toSet());

    assertThat(broken).isEqualTo(ContractRun.rules(CrashContract.class));
  }
}
