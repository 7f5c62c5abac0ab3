package nl.praatmetjeboekhouding.dirk;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import nl.praatmetjeboekhouding.dirk.catalog.Catalog;
import nl.praatmetjeboekhouding.dirk.command.CommandTask;
import nl.praatmetjeboekhouding.dirk.command.Masker;
import nl.praatmetjeboekhouding.dirk.command.Task;
import nl.praatmetjeboekhouding.dirk.config.CommandConfig;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.config.SecretsLookup;
import nl.praatmetjeboekhouding.dirk.config.ServiceConfig;
import nl.praatmetjeboekhouding.dirk.context.ContextCheck;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import nl.praatmetjeboekhouding.dirk.internal.Host;
import nl.praatmetjeboekhouding.dirk.journal.FileJournal;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.spi.AlertSource;
import nl.praatmetjeboekhouding.dirk.spi.AlertSourceProvider;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbeProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.UptimeSource;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes all that a configuration names, and collects what is wrong on the way, so that it is told
 * at once. Either all of it is open afterwards or nothing is.
 */
final class Opening {

  private static final Logger LOG = LoggerFactory.getLogger(Dirk.class);

  Optional<DirkConfig> config = Optional.empty();

  /** What was wrong with the file that {@link #config} was read from. */
  final List<Fault> faults = new ArrayList<>();

  /** The services to open, or empty for all. */
  List<String> only = List.of();

  final List<DeployerProvider> deployers = new ArrayList<>();
  final List<HealthProbeProvider> probes = new ArrayList<>();
  final List<AlertSourceProvider> trackers = new ArrayList<>();
  Optional<UptimeSource> uptime = Optional.empty();
  Optional<Journal> journal = Optional.empty();
  SecretsLookup secrets = SecretsLookup.environment();
  ClassLoader loader = Opening.class.getClassLoader();
  TimeSource time = TimeSource.system();
  Optional<ScheduledExecutorService> executor = Optional.empty();
  RunListener listener = new RunListener() {};

  private record Made(
      ServiceConfig service, Deployer deployer, HealthProbe probe, Optional<AlertSource> alerts) {}

  Dirk open() {
    if (config.isEmpty() && faults.isEmpty()) {
      throw new ConfigurationException(
          "Dirk.builder()", "there is no configuration: give it a file or a config");
    }
    DirkConfig read = config.orElseThrow(() -> new ConfigurationException(faults));
    DirkConfig all =
        only.isEmpty() || !faults.isEmpty() ? read : read.only(only.toArray(String[]::new));
    List<AutoCloseable> owned = new ArrayList<>();
    try {
      return open(all, owned);
    } catch (RuntimeException e) {
      Closing.all(owned);
      throw e;
    }
  }

  private Dirk open(DirkConfig all, List<AutoCloseable> owned) {
    List<Made> made = make(all, owned);
    ContextCheck documents = all.context().map(ContextCheck::of).orElseGet(ContextCheck::none);
    Journal kept = journal.orElseGet(() -> folder(all, owned));
    Host host =
        executor
            .map(given -> Host.of(kept, time, listener, given))
            .orElseGet(() -> Host.of(kept, time, listener))
            .hiding(text -> Masker.revealing(all.secrets(secrets)).mask(text));
    all.warnings().forEach(warning -> LOG.info("{}", warning));
    if (all.gates().errorBudget().isPresent() && uptime.isEmpty()) {
      LOG.info("Nobody measures the uptime, so that every deploy needs an approval");
    }
    Map<String, Equipped> services = new LinkedHashMap<>();
    made.forEach(one -> services.put(one.service().name(), equip(one, all, documents, host)));
    return new Dirk(all, documents, host, services, owned);
  }

  private List<Made> make(DirkConfig all, List<AutoCloseable> owned) {
    Catalog<Deployer> deployerCatalog = Catalog.deployers(loader);
    for (DeployerProvider provider : deployers) {
      deployerCatalog = deployerCatalog.with(provider);
    }
    Catalog<HealthProbe> probeCatalog = Catalog.probes(loader);
    for (HealthProbeProvider provider : probes) {
      probeCatalog = probeCatalog.with(provider);
    }
    Catalog<AlertSource> alertCatalog = Catalog.alerts(loader);
    for (AlertSourceProvider provider : trackers) {
      alertCatalog = alertCatalog.with(provider);
    }
    List<Fault> wrong = new ArrayList<>(faults);
    wrong.addAll(all.missingSecrets(secrets));
    List<Made> made = new ArrayList<>();
    for (ServiceConfig service : all.services().values()) {
      if (!Files.isDirectory(service.project())) {
        wrong.add(
            Fault.of(
                all.source(),
                "services."
                    + service.name()
                    + ".project: there is no folder "
                    + service.project()));
      }
      Optional<Deployer> deployer =
          create(deployerCatalog, service, service.deployer(), owned, wrong);
      Optional<HealthProbe> probe = create(probeCatalog, service, service.probe(), owned, wrong);
      Optional<AlertSource> alerts = Optional.empty();
      if (service.alerts().isPresent()) {
        alerts = create(alertCatalog, service, service.alerts().get(), owned, wrong);
      }
      if (deployer.isPresent() && probe.isPresent()) {
        made.add(new Made(service, deployer.get(), probe.get(), alerts));
      }
    }
    if (!wrong.isEmpty()) {
      throw new ConfigurationException(inOrder(wrong));
    }
    return made;
  }

  /** In the order of the file; what has no place in it comes last. */
  private static List<Fault> inOrder(List<Fault> faults) {
    return faults.stream()
        .distinct()
        .sorted(
            Comparator.comparing((Fault fault) -> fault.line() == 0)
                .thenComparing(Fault::line)
                .thenComparing(Fault::column))
        .toList();
  }

  private <T extends AutoCloseable> Optional<T> create(
      Catalog<T> catalog,
      ServiceConfig service,
      ProviderConfig provider,
      List<AutoCloseable> owned,
      List<Fault> wrong) {
    try {
      T made =
          catalog.create(
              provider.provider(),
              new ProviderContext(
                  service.name(), service.project(), provider.settings(secrets), time));
      owned.add(made);
      return Optional.of(made);
    } catch (ConfigurationException e) {
      wrong.addAll(e.faults());
      return Optional.empty();
    }
  }

  private Journal folder(DirkConfig all, List<AutoCloseable> owned) {
    FileJournal folder =
        FileJournal.open(
            all.journal()
                .orElseThrow(
                    () ->
                        new ConfigurationException(
                            all.source(),
                            "it names no folder for the journal: call withJournal(folder), or give"
                                + " the builder a journal")),
            time);
    owned.add(folder);
    return folder;
  }

  private Equipped equip(Made made, DirkConfig all, ContextCheck documents, Host host) {
    ServiceConfig service = made.service();
    Runbooks runbooks =
        Runbooks.on(host, service.name(), made.deployer(), made.probe())
            .production(service.production())
            .gates(all.gates());
    uptime.ifPresent(runbooks::uptime);
    service.staging().ifPresent(runbooks::staging);
    made.alerts().ifPresent(runbooks::alerts);
    DeployRunbook.Builder deploy =
        runbooks
            .deploy()
            .context(documents)
            .label(
                new ReleaseLabel(service.version(), service.project(), time, all.secrets(secrets)));
    service.test().ifPresent(command -> deploy.test(task(command, service, all)));
    service.build().ifPresent(command -> deploy.build(task(command, service, all)));
    return new Equipped(deploy.create(), runbooks.rollback());
  }

  /** What the command writes may hold any secret of the file, so all of them are masked. */
  private Task task(CommandConfig command, ServiceConfig service, DirkConfig all) {
    return CommandTask.of(command.in(service.project(), secrets), time, all.secrets(secrets));
  }
}
