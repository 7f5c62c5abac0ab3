package nl.praatmetjeboekhouding.dirk.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.context.ContextRules;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * All that a runbook file says.
 *
 * @param source where it comes from, for messages
 * @param context the documents that must have been read, or empty if none must
 * @param journal the folder of the journal, absolute, or empty for the usual place
 * @param services by name, in the order of the file; at least one
 */
@SuppressWarnings("DoNotCallSuggester")
public record DirkConfig(
    String source,
    Optional<ContextRules> context,
    Optional<Path> journal,
    Map<String, ServiceConfig> services) {

  /** Checks that there is a service. */
  public DirkConfig {
    requireNonNull(source, "source");
    requireNonNull(context, "context");
    requireNonNull(journal, "journal");
    services = Map.copyOf(services);
    if (services.isEmpty()) {
      throw new IllegalArgumentException("services must not be empty");
    }
  }

  /**
   * Reads a runbook file.
   *
   * @throws ConfigurationException with every fault in it, each with line and column
   */
  public static DirkConfig read(Path file) {
    throw new ConfigurationException(file.toString(), "cannot be read yet");
  }

  /** These services, without mandatory documents, the journal in the usual place. */
  public static DirkConfig of(List<ServiceConfig> services) {
    throw new UnsupportedOperationException(services.toString());
  }

  /** This one, with documents that must have been read. */
  public DirkConfig withContext(ContextRules rules) {
    return new DirkConfig(source, Optional.of(rules), journal, services);
  }

  /** This one, with the folder of the journal. */
  public DirkConfig withJournal(Path folder) {
    return new DirkConfig(source, context, Optional.of(folder), services);
  }

  /**
   * One service.
   *
   * @throws ConfigurationException naming those that there are, if there is none of this name
   */
  public ServiceConfig service(String name) {
    throw new ConfigurationException(source, name);
  }

  /** What is allowed but somebody should know, a sentence each. */
  public List<String> warnings() {
    return List.of();
  }

  /** Every secret that is named anywhere, once, to be looked up when it is used. */
  public List<Secret> secrets(SecretsLookup lookup) {
    return List.of();
  }

  /** A fault for each place that names a secret which the lookup does not know. */
  public List<Fault> missingSecrets(SecretsLookup lookup) {
    return List.of();
  }
}
