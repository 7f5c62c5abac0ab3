package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;

/** Collects what is wrong with a document, and reads values of the form that is asked for. */
final class Findings {

  /** How many faults are told, and how many warnings: more than that nobody reads. */
  private static final int MOST = 1000;

  private final Document document;
  private final List<Fault> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Findings(Document document) {
    this.document = document;
    document.warnings().forEach(warning -> warnings.add(warning.toString()));
  }

  void fault(String pointer, String message) {
    if (faults.size() < MOST) {
      faults.add(document.fault(pointer, message));
    } else if (faults.size() == MOST) {
      faults.add(document.fault("", "has more faults than these " + MOST + "; mend them first"));
    }
  }

  void warn(String pointer, String message) {
    if (warnings.size() < MOST) {
      warnings.add(document.fault(pointer, message).toString());
    } else if (warnings.size() == MOST) {
      warnings.add(document.fault("", "gives more to warn of than this").toString());
    }
  }

  /** Refuses dates of TOML as wrangler does, but for those whose pointers are passed over. */
  void dates(Predicate<String> passedOver) {
    document.dates().stream()
        .filter(date -> !passedOver.test(date.pointer()))
        .forEach(
            date ->
                fault(
                    date.pointer(),
                    "\"" + date.path() + "\" is a date; write it as a text, in quotes"));
  }

  /** A text that is not blank; anything else is a fault and empty. */
  Optional<String> text(Setting setting, String path) {
    if (setting.value().isTextual() && !setting.value().asText().isBlank()) {
      return Optional.of(setting.value().asText());
    }
    fault(setting.pointer(), "\"" + path + "\" must be a text that is not empty");
    return Optional.empty();
  }

  /** A switch; anything else is a fault and empty. */
  Optional<Boolean> flag(Setting setting, String path) {
    if (setting.value().isBoolean()) {
      return Optional.of(setting.value().asBoolean());
    }
    fault(setting.pointer(), "\"" + path + "\" must be true or false");
    return Optional.empty();
  }

  /** The switch of this name, or empty if there is none; anything else is a fault and empty. */
  Optional<Boolean> flag(View view, String key) {
    return view.find(key).flatMap(setting -> flag(setting, key));
  }

  /** The members of a list; anything else is a fault and no members. */
  List<Setting> list(Setting setting, String path) {
    List<Setting> members = new ArrayList<>();
    if (!setting.value().isArray()) {
      fault(setting.pointer(), "\"" + path + "\" must be a list");
    }
    for (int index = 0; setting.value().isArray() && index < setting.value().size(); index++) {
      members.add(setting.child(index));
    }
    return members;
  }

  /** Whether it is an object; if not, that is a fault. */
  boolean isObject(Setting setting, String path) {
    if (!setting.value().isObject()) {
      fault(setting.pointer(), "\"" + path + "\" must be an object");
    }
    return setting.value().isObject();
  }

  /** The texts of a list; anything else is a fault and left out. */
  List<String> texts(Setting setting, String path) {
    List<String> texts = new ArrayList<>();
    List<Setting> members = list(setting, path);
    for (int index = 0; index < members.size(); index++) {
      text(members.get(index), path + "[" + index + "]").ifPresent(texts::add);
    }
    return texts;
  }

  /**
   * A file or a folder that somebody wrote down, normalised; what is no path on this machine is a
   * fault and empty.
   *
   * @param from what it is relative to
   * @param pointer where the fault stands
   * @param what how people call it
   */
  Optional<Path> path(Path from, String text, String pointer, String what) {
    try {
      return Optional.of(from.resolve(text).normalize());
    } catch (InvalidPathException e) {
      fault(pointer, what + " is no path on this machine: " + e.getReason());
      return Optional.empty();
    }
  }

  /** What somebody should look at, in the order it was found. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Throws all faults at once, if there are any. */
  void throwFaults() {
    if (!faults.isEmpty()) {
      throw new ConfigurationException(
          faults.stream()
              .distinct()
              .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
              .toList());
    }
  }
}
