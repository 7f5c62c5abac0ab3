package nl.praatmetjeboekhouding.dirk.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.context.ContextRules;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import nl.praatmetjeboekhouding.dirk.model.GatesPolicy;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * All that a runbook file says. Immutable. Holds the names of secrets, never their values.
 *
 * @param source where it comes from, for messages
 * @param context the documents that must have been read, or empty if none must
 * @param journal the folder of the journal, absolute; or empty if none is named, and then a builder
 *     of {@code Dirk} that is not given the file itself must be given a journal
 * @param gates what lets a deploy through to production
 * @param services by name, in the order of the file; at least one
 */
public record DirkConfig(
    String source,
    Optional<ContextRules> context,
    Optional<Path> journal,
    GatesPolicy gates,
    Map<String, ServiceConfig> services) {

  /** Checks that there is a service, that each stands under its name, and the folder absolute. */
  public DirkConfig {
    requireNonNull(source, "source");
    requireNonNull(context, "context");
    requireNonNull(journal, "journal");
    requireNonNull(gates, "gates");
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    if (services.isEmpty()) {
      throw new IllegalArgumentException("services must not be empty");
    }
    services.forEach(
        (name, service) -> {
          if (!service.name().equals(name)) {
            throw new IllegalArgumentException(
                "service " + service.name() + " must not stand under " + name);
          }
        });
    if (journal.isPresent() && !journal.get().isAbsolute()) {
      throw new IllegalArgumentException("journal must be absolute: " + journal.get());
    }
  }

  /**
   * Reads a runbook file. Looks at no other file: folders and documents that it names are looked at
   * when they are used.
   *
   * @throws ConfigurationException with every fault in it, each with line and column; only a file
   *     that is not JSON at all has just the first one told
   */
  public static DirkConfig read(Path file) {
    return RunbookFile.read(requireNonNull(file, "file"));
  }

  /**
   * As {@link #read(Path)}, as far as it can be read: for who wants to find out what else is wrong.
   *
   * @param faults takes every fault, in the order of the text
   * @return what could be read, without the services that could not; empty if that is nothing
   * @throws ConfigurationException if the file itself cannot be read
   */
  public static Optional<DirkConfig> read(Path file, Consumer<Fault> faults) {
    return RunbookFile.read(requireNonNull(file, "file"), requireNonNull(faults, "faults"));
  }

  /**
   * These services, without mandatory documents and without a folder for the journal.
   *
   * @throws IllegalArgumentException if two have the same name
   */
  public static DirkConfig of(ServiceConfig... services) {
    Map<String, ServiceConfig> byName = new LinkedHashMap<>();
    for (ServiceConfig service : services) {
      if (byName.put(service.name(), service) != null) {
        throw new IllegalArgumentException("two services are called " + service.name());
      }
    }
    return new DirkConfig(
        "configuration", Optional.empty(), Optional.empty(), GatesPolicy.standard(), byName);
  }

  /** This one, with documents that must have been read. */
  public DirkConfig withContext(ContextRules rules) {
    return new DirkConfig(source, Optional.of(rules), journal, gates, services);
  }

  /** This one, with the folder of the journal; absolute. */
  public DirkConfig withJournal(Path folder) {
    return new DirkConfig(source, context, Optional.of(folder), gates, services);
  }

  /** This one, with what lets a deploy through to production. */
  public DirkConfig withGates(GatesPolicy policy) {
    return new DirkConfig(source, context, journal, policy, services);
  }

  /**
   * This one with these services only, so that the providers and the secrets of the others are not
   * needed.
   *
   * @throws ConfigurationException if there is none of one of these names
   * @throws IllegalArgumentException if no name is given
   */
  public DirkConfig only(String... names) {
    Map<String, ServiceConfig> some = new LinkedHashMap<>();
    for (String name : names) {
      some.put(name, service(name));
    }
    return new DirkConfig(source, context, journal, gates, some);
  }

  /**
   * One service.
   *
   * @throws ConfigurationException naming those that there are, if there is none of this name
   */
  public ServiceConfig service(String name) {
    ServiceConfig service = services.get(requireNonNull(name, "name"));
    if (service == null) {
      throw new ConfigurationException(
          source,
          "there is no service %s; there are: %s%s"
              .formatted(
                  Shown.name(name),
                  String.join(", ", services.keySet()),
                  Spelling.hint(name, services.keySet())));
    }
    return service;
  }

  /** What is allowed but somebody should know, a sentence each, in the order of the services. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (ServiceConfig service : services.values()) {
      if (service.staging().isEmpty()) {
        warnings.add(service.name() + " has no staging: a deploy goes straight to production");
      }
      if (service.test().isEmpty()) {
        warnings.add(service.name() + " has no tests: a deploy runs none");
      }
      if (service.production().health().endpoint().identity() instanceof IdentityRule.None) {
        warnings.add(
            service.name()
                + " cannot tell its version: its gates do not prove that the new one answers");
      }
      warnings.addAll(service.warnings());
    }
    return warnings;
  }

  /** Every secret that is named anywhere, once, sorted by name; looked up when it is used. */
  public List<Secret> secrets(SecretsLookup lookup) {
    return places().keySet().stream().map(name -> Secrets.of(name, lookup)).toList();
  }

  /**
   * A fault for each secret that is named somewhere but which the lookup does not know, knows as an
   * empty text, or fails to look up; sorted by name.
   */
  public List<Fault> missingSecrets(SecretsLookup lookup) {
    List<Fault> missing = new ArrayList<>();
    places()
        .forEach(
            (name, places) ->
                Secrets.problem(name, lookup)
                    .ifPresent(
                        problem ->
                            missing.add(
                                Fault.of(
                                    source,
                                    problem
                                        + "; it is named by "
                                        + String.join(" and ", places)))));
    return missing;
  }

  private Map<String, List<String>> places() {
    Map<String, List<String>> places = new TreeMap<>();
    services
        .values()
        .forEach(
            service ->
                service
                    .secrets()
                    .forEach(
                        (place, name) ->
                            places
                                .computeIfAbsent(name, first -> new ArrayList<>())
                                .add("services." + service.name() + "." + place)));
    return places;
  }
}
