package nl.praatmetjeboekhouding.dirk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import nl.praatmetjeboekhouding.dirk.model.ApprovalPolicy;
import nl.praatmetjeboekhouding.dirk.model.Cron;
import nl.praatmetjeboekhouding.dirk.model.ErrorBudgetPolicy;
import nl.praatmetjeboekhouding.dirk.model.FailedDeploysPolicy;
import nl.praatmetjeboekhouding.dirk.model.FreezeWindow;
import nl.praatmetjeboekhouding.dirk.model.GatesPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lets a deploy through, as the file says it. */
final class GatesReaderTest {

  @TempDir private Path folder;
  private final List<Fault> faults = new ArrayList<>();

  @Test
  void readsAllGates() throws IOException {
    GatesPolicy gates =
        gates(
            """
            {
              "freeze": [
                { "name": "christmas", "reason": "nobody is there", "services": ["api"],
                  "from": "2026-12-20T00:00", "until": "2027-01-04T08:00", "zone": "Europe/Amsterdam" },
                { "name": "weekend",
                  "from": "0 16 * * FRI", "until": "0 8 * * MON", "zone": "Europe/Amsterdam" }
              ],
              "failedDeploys": { "above": "12.5 %", "over": "7d", "atLeast": 8 },
              "errorBudget": { "goal": "99.95 %", "over": "28d", "approvalBelow": "50 %", "coverage": "80 %" },
              "approval": { "required": false, "by": ["anna", "team:ops"], "count": 3,
                            "validFor": "4h", "ownCounts": true }
            }
            """);

    assertThat(faults).isEmpty();
    ZoneId zone = ZoneId.of("Europe/Amsterdam");
    assertThat(gates)
        .isEqualTo(
            new GatesPolicy(
                List.of(
                    new FreezeWindow(
                        "christmas",
                        "nobody is there",
                        Set.of("api"),
                        new FreezeWindow.Once(
                            LocalDateTime.parse("2026-12-20T00:00"),
                            LocalDateTime.parse("2027-01-04T08:00")),
                        zone),
                    FreezeWindow.of(
                        "weekend",
                        new FreezeWindow.Recurring(
                            Cron.parse("0 16 * * FRI"), Cron.parse("0 8 * * MON")),
                        zone)),
                Optional.of(new FailedDeploysPolicy(new BigDecimal("12.5"), Duration.ofDays(7), 8)),
                Optional.of(
                    new ErrorBudgetPolicy(
                        new BigDecimal("99.95"),
                        Duration.ofDays(28),
                        new BigDecimal("50"),
                        new BigDecimal("80"))),
                new ApprovalPolicy(
                    false, List.of("anna", "team:ops"), 3, Duration.ofHours(4), true)));
  }

  @Test
  void hasStandardsForWhatIsNotSaid() throws IOException {
    assertThat(
            gates(
                """
                { "failedDeploys": { "above": "20 %" }, "errorBudget": { "goal": "99.9 %" }, "approval": {} }
                """))
        .isEqualTo(
            GatesPolicy.standard()
                .withFailedDeploys(FailedDeploysPolicy.standard())
                .withErrorBudget(ErrorBudgetPolicy.standard())
                .withApproval(ApprovalPolicy.always()));
    assertThat(gates("{}")).isEqualTo(GatesPolicy.standard());
  }

  @Test
  void tellsEveryFaultWithItsPlace() throws IOException {
    Path file = folder.resolve("dirk.jsonc");
    Files.writeString(
        file,
        """
        { "gates": {
            "freeze": [
              { "name": "a", "from": "0 16 * * FRY", "until": "0 8 * * MON", "zone": "Europe/Amstrdam" },
              { "name": "b", "from": "0 0 30 2 *", "until": "0 8 * * MON", "zone": "UTC", "services": ["apj"] },
              { "name": "c", "from": "2026-12-20T00:00", "until": "2026-12-20T00:00", "zone": "UTC" },
              { "name": "d", "from": "2026-12-20T00:00", "until": "0 8 * * MON", "zone": "UTC" },
              { "name": "e", "from": "0 1 * * *", "until": "0 1 * * *", "zone": "UTC" },
              { "name": "f", "from": "0 1 * * *", "until": "0 2 * * *", "zone": "UTC" },
              { "name": "f", "from": "0 1 * * *", "until": "0 2 * * *", "zone": "UTC" }
            ],
            "errorBudget": { "goal": "100 %%" },
            "approval": { "by": ["anna"], "count": 2 }
          },
          "services": { "api": %s } }
        """
            .formatted(Runbook.LEAST.document().at("/services/api")));

    DirkConfig.read(file, faults::add);

    assertThat(faults)
        .extracting(fault -> fault.line() + ":" + fault.column() + " " + fault.message())
        .containsExactly(
            "3:30 gates.freeze[0].from must be five fields, minute, hour, day of the month, month"
                + " and day of the week, such as \"0 16 * * FRI\"; the day of the week is 0 to 7,"
                + " or a name such as SAT",
            "3:78 gates.freeze[0].zone must be a zone of the IANA database, such as"
                + " Europe/Amsterdam; did you mean Europe/Amsterdam?",
            "4:30 gates.freeze[1].from must be a day that comes: this one never does",
            "4:96 gates.freeze[1].services[0] must be a service of this file; did you mean api?",
            "5:50 gates.freeze[2].until must be later than \"from\"",
            "6:7 gates.freeze[3] must have \"from\" and \"until\" of one kind: times such as"
                + " 2026-12-20T00:00, or five fields, minute, hour, day of the month, month and"
                + " day of the week, such as \"0 16 * * FRI\"",
            "7:43 gates.freeze[4].until must differ from \"from\": the window would never be over",
            "9:9 gates.freeze[6].name must not be the name of another window",
            "11:30 gates.errorBudget.goal must be less than \"100 %\": nothing may ever go wrong"
                + " otherwise",
            "12:35 gates.approval.count must be at most 1: \"by\" names no more people");
  }

  private GatesPolicy gates(String json) throws IOException {
    Path file = folder.resolve("dirk.jsonc");
    Files.writeString(file, Runbook.LEAST.with("/gates", json).text());
    return DirkConfig.read(file, faults::add).orElseThrow().gates();
  }
}
