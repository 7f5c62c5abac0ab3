package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * What would happen, found out by reading only. It holds all that the upload needs, so that the
 * upload looks at the project folder no more.
 *
 * @param target where it would go
 * @param resource the vendor's own name of what would change, account included; the lease is taken
 *     on it
 * @param activation how the version would reach its users
 * @param reversible whether the version before could be put back afterwards
 * @param files the modules and assets that would be uploaded
 * @param settings everything else that the upload would carry, in the provider's own form; no
 *     secret's value
 * @param changes what would change, a sentence each, for people
 * @param warnings what somebody should look at, a sentence each
 */
public record Prepared(
    Target target,
    String resource,
    Activation activation,
    boolean reversible,
    List<ContentFile> files,
    String settings,
    List<String> changes,
    List<String> warnings) {

  /** Checks that nothing is null or blank. */
  public Prepared {
    requireNonNull(target, "target");
    requireNonNull(resource, "resource");
    requireNonNull(activation, "activation");
    requireNonNull(settings, "settings");
    files = List.copyOf(files);
    changes = List.copyOf(changes);
    warnings = List.copyOf(warnings);
    if (resource.isBlank()) {
      throw new IllegalArgumentException("resource must not be blank");
    }
  }

  /** The least that can be said; reversible, without settings, changes and warnings. */
  public static Prepared of(
      Target target, String resource, Activation activation, List<ContentFile> files) {
    return new Prepared(target, resource, activation, true, files, "", List.of(), List.of());
  }

  /** This one, but without a way back. */
  public Prepared irreversible() {
    return new Prepared(target, resource, activation, false, files, settings, changes, warnings);
  }

  /** This one, with these files. */
  public Prepared withFiles(List<ContentFile> content) {
    return new Prepared(
        target, resource, activation, reversible, content, settings, changes, warnings);
  }

  /** This one, with the provider's own settings. */
  public Prepared withSettings(String text) {
    return new Prepared(target, resource, activation, reversible, files, text, changes, warnings);
  }

  /** This one, with what would change. */
  public Prepared withChanges(List<String> sentences) {
    return new Prepared(
        target, resource, activation, reversible, files, settings, sentences, warnings);
  }

  /** This one, with what to look at. */
  public Prepared withWarnings(List<String> sentences) {
    return new Prepared(
        target, resource, activation, reversible, files, settings, changes, sentences);
  }

  /** Without the settings, which may hold what is nobody's business. */
  @Override
  public String toString() {
    return "Prepared[" + target + ", " + resource + ", " + activation + ", files=" + files + "]";
  }
}
