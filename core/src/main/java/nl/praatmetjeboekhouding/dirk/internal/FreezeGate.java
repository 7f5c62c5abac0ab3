package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import nl.praatmetjeboekhouding.dirk.model.FreezeWindow;

/** Nothing is deployed while a freeze window is in force. */
final class FreezeGate implements Gate {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final FreezeWindow window;

  FreezeGate(FreezeWindow window) {
    this.window = window;
  }

  @Override
  public String name() {
    return "freeze:" + window.name();
  }

  @Override
  public String rule() {
    return window.edges() + ", " + window.zone();
  }

  @Override
  public List<String> exceptions() {
    return List.of(name());
  }

  @Override
  public Answer ask(Question question) {
    ObjectNode inputs = Forms.object().put("at", question.at().toString());
    return window
        .at(question.at())
        .map(frozen -> blocks(frozen, inputs))
        .orElseGet(() -> Answer.passes(this, "not in force", inputs));
  }

  private Answer blocks(FreezeWindow.Frozen frozen, ObjectNode inputs) {
    inputs.put("from", frozen.from().toString()).put("until", frozen.until().toString());
    String reason = window.reason().isEmpty() ? "" : " (" + window.reason() + ")";
    return Answer.blocks(
        this,
        "FREEZE",
        name(),
        "the freeze "
            + window.name()
            + reason
            + " is in force until "
            + frozen.until().atZone(window.zone()).format(MINUTE)
            + " "
            + window.zone(),
        inputs);
  }
}
