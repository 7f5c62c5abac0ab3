package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import nl.praatmetjeboekhouding.dirk.run.Outcome;

/** The table of {@code docs/faults.md}: no ids, no ports, no real time. */
final class WireTable {

  private WireTable() {}

  static String of(List<WireCase> cases) {
    StringBuilder text = new StringBuilder(summary(cases));
    for (WireScene scene : WireScene.values()) {
      List<WireCase> ofScene = cases.stream().filter(each -> each.scene() == scene).toList();
      text.append("\n## ").append(scene.title()).append("\n\n");
      text.append(matrix(ofScene, false));
      text.append("\nWhat can go wrong with writes only:\n\n").append(matrix(ofScene, true));
    }
    return text.toString();
  }

  private static String summary(List<WireCase> cases) {
    StringBuilder text = new StringBuilder("| fault | cases |");
    List<Outcome> outcomes =
        Arrays.stream(Outcome.values())
            .filter(outcome -> cases.stream().anyMatch(each -> each.outcome() == outcome))
            .toList();
    outcomes.forEach(outcome -> text.append(" ").append(outcome).append(" |"));
    text.append("\n|---|--:|").append("--:|".repeat(outcomes.size())).append("\n");
    for (WireFault fault : WireFault.values()) {
      List<WireCase> of = cases.stream().filter(each -> each.fault() == fault).toList();
      text.append(row(fault.title(), of, outcomes));
    }
    return text.append(row("all", cases, outcomes)).toString();
  }

  private static String row(String title, List<WireCase> cases, List<Outcome> outcomes) {
    String counts =
        outcomes.stream()
            .map(outcome -> cases.stream().filter(each -> each.outcome() == outcome).count())
            .map(count -> " " + (count == 0 ? "" : count) + " |")
            .collect(Collectors.joining());
    return "| " + title + " | " + cases.size() + " |" + counts + "\n";
  }

  private static String matrix(List<WireCase> cases, boolean writes) {
    List<WireFault> faults =
        Arrays.stream(WireFault.values())
            .filter(fault -> fault.isOnlyForWrites() == writes)
            .toList();
    StringBuilder text = new StringBuilder("| | step | request |");
    faults.forEach(fault -> text.append(" ").append(fault.title()).append(" |"));
    text.append("\n|--:|---|---|").append("---|".repeat(faults.size())).append("\n");
    Map<Integer, Map<WireFault, WireCase>> rows = new TreeMap<>();
    for (WireCase each : cases) {
      if (faults.contains(each.fault())) {
        rows.computeIfAbsent(each.index(), index -> new EnumMap<>(WireFault.class))
            .put(each.fault(), each);
      }
    }
    rows.forEach((index, row) -> text.append(row(index, faults, row)));
    return text.toString();
  }

  private static String row(int index, List<WireFault> faults, Map<WireFault, WireCase> row) {
    WireRun.Asked asked = row.values().iterator().next().request();
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(index + 1));
    cells.add(asked.step());
    cells.add("`" + name(asked.call()) + "`");
    for (WireFault fault : faults) {
      WireCase each = row.get(fault);
      cells.add(each == null ? "" : cell(each));
    }
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String cell(WireCase each) {
    return word(each.outcome()) + " ×" + each.attempts() + " " + later(each.later());
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> "ok";
      case FAILED_SAFE -> "safe";
      case ROLLED_BACK -> "back";
      default -> "**" + outcome.name().toLowerCase(Locale.ROOT) + "**";
    };
  }

  private static String later(Duration later) {
    return String.format(Locale.ROOT, "%+.1f s", later.toMillis() / 1000.0)
        .replaceFirst("^[+-]0\\.0 s$", "0 s");
  }

  /** A request without what differs from run to run. */
  static String name(ApiCall call) {
    String path =
        call.path()
            .replaceFirst("^/accounts/[0-9a-f]+/workers/", "")
            .replaceFirst("^scripts/", "")
            .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID");
    return call.method() + " " + path;
  }
}
