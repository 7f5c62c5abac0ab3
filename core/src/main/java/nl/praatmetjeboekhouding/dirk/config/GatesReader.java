package nl.praatmetjeboekhouding.dirk.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.praatmetjeboekhouding.dirk.model.ApprovalPolicy;
import nl.praatmetjeboekhouding.dirk.model.Cron;
import nl.praatmetjeboekhouding.dirk.model.ErrorBudgetPolicy;
import nl.praatmetjeboekhouding.dirk.model.FailedDeploysPolicy;
import nl.praatmetjeboekhouding.dirk.model.FreezeWindow;
import nl.praatmetjeboekhouding.dirk.model.GatesPolicy;

/** Reads what lets a deploy through to production. */
final class GatesReader {

  private static final String WINDOW =
      "{ \"name\": \"weekend\", \"from\": \"0 16 * * FRI\", \"until\": \"0 8 * * MON\","
          + " \"zone\": \"Europe/Amsterdam\" }";

  private final Set<String> services;

  /** For a file with services of these names. */
  GatesReader(Set<String> services) {
    this.services = Set.copyOf(services);
  }

  GatesPolicy read(Section section) {
    List<FreezeWindow> freeze = freeze(section);
    Optional<FailedDeploysPolicy> failedDeploys =
        section.section("failedDeploys").map(GatesReader::failedDeploys);
    Optional<ErrorBudgetPolicy> errorBudget =
        section.section("errorBudget").map(GatesReader::errorBudget);
    ApprovalPolicy approval =
        section.section("approval").map(GatesReader::approval).orElseGet(ApprovalPolicy::standard);
    section.end();
    return new GatesPolicy(freeze, failedDeploys, errorBudget, approval);
  }

  private List<FreezeWindow> freeze(Section section) {
    List<FreezeWindow> windows = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section each : section.sections("freeze", "a list of windows such as " + WINDOW)) {
      Optional<FreezeWindow> window = window(each);
      if (window.filter(read -> !names.add(read.name())).isPresent()) {
        each.fault("name", "must not be the name of another window");
      } else {
        window.ifPresent(windows::add);
      }
    }
    return windows;
  }

  private Optional<FreezeWindow> window(Section section) {
    Optional<String> name =
        section.required("name", section.text("name", Forms::id), "\"christmas\"");
    String reason = section.text("reason", Forms::label).orElse("");
    Set<String> only = new HashSet<>(section.texts("services", this::known).orElse(List.of()));
    if (section.holdsNothing("services")) {
      section.fault("services", "must name a service, or be left out for all");
    }
    Optional<FreezeWindow.Edges> edges = edges(section);
    Optional<ZoneId> zone =
        section.required("zone", section.text("zone", GatesReader::zone), "\"Europe/Amsterdam\"");
    section.end();
    return name.isPresent() && edges.isPresent() && zone.isPresent()
        ? Optional.of(new FreezeWindow(name.get(), reason, only, edges.get(), zone.get()))
        : Optional.empty();
  }

  private String known(String service) {
    if (!services.contains(service)) {
      throw new IllegalArgumentException(
          "a service of this file" + Spelling.hint(service, services));
    }
    return service;
  }

  private static ZoneId zone(String text) {
    Set<String> known = ZoneId.getAvailableZoneIds();
    if (!known.contains(text)) {
      throw new IllegalArgumentException(
          "a zone of the IANA database, such as Europe/Amsterdam" + Spelling.hint(text, known));
    }
    return ZoneId.of(text);
  }

  private static Optional<FreezeWindow.Edges> edges(Section section) {
    boolean isOnce = section.holds("from", Forms::isDateTime);
    if (section.holds("until", Forms::isDateTime) != isOnce
        && section.names().containsAll(List.of("from", "until"))) {
      section.node("from");
      section.node("until");
      section.fault(
          "must have \"from\" and \"until\" of one kind: times such as 2026-12-20T00:00, or "
              + Cron.FORM);
      return Optional.empty();
    }
    return isOnce
        ? edges(section, Forms::dateTime, "\"2026-12-20T00:00\"", FreezeWindow.Once::new)
        : edges(section, Cron::parse, "\"0 16 * * FRI\"", FreezeWindow.Recurring::new);
  }

  private interface Both<T> {
    FreezeWindow.Edges of(T from, T until);
  }

  private static <T> Optional<FreezeWindow.Edges> edges(
      Section section, Function<String, T> form, String example, Both<T> both) {
    Optional<T> from = section.required("from", section.text("from", form), example);
    Optional<T> until = section.required("until", section.text("until", form), example);
    try {
      return from.flatMap(begin -> until.map(end -> both.of(begin, end)));
    } catch (IllegalArgumentException e) {
      section.fault(
          "until",
          from.get() instanceof LocalDateTime
              ? "must be later than \"from\""
              : "must differ from \"from\": the window would never be over");
      return Optional.empty();
    }
  }

  private static FailedDeploysPolicy failedDeploys(Section section) {
    FailedDeploysPolicy standard = FailedDeploysPolicy.standard();
    Optional<BigDecimal> above =
        section.required("above", section.text("above", Forms::percent), "\"20 %\"");
    Duration over = section.text("over", Forms::span).orElse(standard.over());
    int atLeast = section.count("atLeast", 1000).map(Math::toIntExact).orElse(standard.atLeast());
    section.end();
    return new FailedDeploysPolicy(above.orElse(standard.above()), over, atLeast);
  }

  private static ErrorBudgetPolicy errorBudget(Section section) {
    ErrorBudgetPolicy standard = ErrorBudgetPolicy.standard();
    Optional<BigDecimal> goal =
        section.required("goal", section.text("goal", Forms::goal), "\"99.9 %\"");
    Duration over = section.text("over", Forms::span).orElse(standard.over());
    BigDecimal approvalBelow =
        section.text("approvalBelow", Forms::percent).orElse(standard.approvalBelow());
    BigDecimal coverage = section.text("coverage", Forms::percent).orElse(standard.coverage());
    section.end();
    return new ErrorBudgetPolicy(goal.orElse(standard.goal()), over, approvalBelow, coverage);
  }

  private static ApprovalPolicy approval(Section section) {
    ApprovalPolicy standard = ApprovalPolicy.standard();
    boolean required = section.flag("required").orElse(true);
    List<String> by = section.texts("by", Forms::label).orElse(List.of());
    int count = section.count("count", 100).map(Math::toIntExact).orElse(standard.count());
    Duration validFor = section.text("validFor", Forms::span).orElse(standard.validFor());
    boolean ownCounts = section.flag("ownCounts").orElse(standard.ownCounts());
    section.end();
    if (section.holdsNothing("by")) {
      section.fault("by", "must name somebody, or be left out for anybody");
    }
    if (!by.isEmpty() && by.stream().noneMatch(ApprovalPolicy::isGroup) && count > by.size()) {
      section.fault("count", "must be at most " + by.size() + ": \"by\" names no more people");
      return standard;
    }
    return new ApprovalPolicy(required, by, count, validFor, ownCounts);
  }
}
