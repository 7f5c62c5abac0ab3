package nl.praatmetjeboekhouding.dirk.catalog;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import nl.praatmetjeboekhouding.dirk.spi.AlertSource;
import nl.praatmetjeboekhouding.dirk.spi.AlertSourceProvider;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbeProvider;
import nl.praatmetjeboekhouding.dirk.spi.Provider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The providers of one kind, by id. Found is not used: one works only when its id is asked for, and
 * what is broken or twice there matters only to who asks for it. Immutable; safe for use by several
 * threads.
 *
 * @param <T> what its providers make
 */
public final class Catalog<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

  private final String what;
  private final List<Found<T>> found;
  private final List<Found<T>> given;
  private final List<Broken> broken;

  private Catalog(String what, List<Found<T>> found, List<Found<T>> given, List<Broken> broken) {
    this.what = what;
    this.found = List.copyOf(found);
    this.given = List.copyOf(given);
    this.broken = List.copyOf(broken);
  }

  /** All deployer providers that the loader sees. */
  public static Catalog<Deployer> deployers(ClassLoader loader) {
    return of("deployer", DeployerProvider.class, loader);
  }

  /** All health probe providers that the loader sees. */
  public static Catalog<HealthProbe> probes(ClassLoader loader) {
    return of("probe", HealthProbeProvider.class, loader);
  }

  /** All providers of alert sources that the loader sees. */
  public static Catalog<AlertSource> alerts(ClassLoader loader) {
    return of("alerts", AlertSourceProvider.class, loader);
  }

  private static <T, P extends Provider<T>> Catalog<T> of(
      String what, Class<P> kind, ClassLoader loader) {
    Finder<T> finder = new Finder<>();
    finder.walk(kind, requireNonNull(loader, "loader"));
    return new Catalog<>(what, finder.found(), List.of(), finder.broken());
  }

  /**
   * This catalog and one more provider. The same class found and given is one provider: the given
   * one. Anything else of the same id is an error once the id is asked for.
   *
   * @throws IllegalArgumentException if its id or its level is none
   */
  public Catalog<T> with(Provider<T> provider) {
    List<Found<T>> all = new ArrayList<>(given);
    all.add(Finder.checked(provider));
    return new Catalog<>(what, found, all, broken);
  }

  /** The ids of all providers that could be loaded, sorted. */
  public List<String> ids() {
    return all().map(Found::id).distinct().sorted().toList();
  }

  /** What was registered but could not be loaded. */
  public List<Broken> broken() {
    return broken;
  }

  /**
   * The provider of this id.
   *
   * @throws ConfigurationException if there is none, telling what was found and what could not be
   *     loaded, or if there are two, naming both classes
   */
  public Provider<T> find(String id) {
    return find(id, message -> Fault.of(what + " " + id, message));
  }

  private Provider<T> find(String id, Function<String, Fault> fault) {
    List<Found<T>> candidates = all().filter(one -> one.id().equals(id)).toList();
    if (candidates.size() == 1) {
      return candidates.get(0).provider();
    }
    String message = candidates.isEmpty() ? unknown(id) : ambiguous(id, candidates);
    throw new ConfigurationException(List.of(fault.apply(message)));
  }

  /**
   * Has the provider of this id make what it makes.
   *
   * @throws ConfigurationException as {@link #find}; with each setting that is wrong, missing or
   *     unknown to the provider; or if the provider throws anything else
   */
  public T create(String id, ProviderContext context) {
    String who = what + " " + id;
    if (!(context.settings() instanceof CheckedSettings settings)) {
      return make(find(id), context, message -> Fault.of(who, message));
    }
    Provider<T> provider = find(id, settings::fault);
    T made;
    try {
      made = make(provider, context, settings::fault);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(together(settings.wrong(), e.faults()));
    }
    List<Fault> faults = together(settings.wrong(), settings.unread());
    if (!faults.isEmpty()) {
      close(made);
      throw new ConfigurationException(faults);
    }
    return made;
  }

  private static List<Fault> together(List<Fault> some, List<Fault> others) {
    return Stream.concat(some.stream(), others.stream()).distinct().toList();
  }

  @SuppressWarnings("ThrowSpecificity")
  private T make(Provider<T> provider, ProviderContext context, Function<String, Fault> fault) {
    String thrown;
    try {
      T made = provider.create(context);
      if (made != null) {
        return made;
      }
      thrown = "null";
    } catch (ConfigurationException | VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      LOG.debug("{} could not be made for {}", what, context.service(), e);
      thrown = Reason.of(e);
    }
    throw new ConfigurationException(
        List.of(
            fault.apply(
                "%s made no %s for service %s, but gave %s: this is a mistake in the provider"
                    .formatted(provider.getClass().getName(), what, context.service(), thrown))));
  }

  private void close(T made) {
    if (made instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        LOG.warn("{} could not be closed", what, e);
      }
    }
  }

  private Stream<Found<T>> all() {
    return Stream.concat(found.stream().filter(one -> !isGiven(one)), given.stream());
  }

  private boolean isGiven(Found<T> one) {
    return given.stream()
        .anyMatch(
            other ->
                other.id().equals(one.id())
                    && other.provider().getClass() == one.provider().getClass());
  }

  private String unknown(String id) {
    String known = ids().isEmpty() ? "none was found" : "found: " + String.join(", ", ids());
    String text = "there is no %s provider %s; %s".formatted(what, Reason.oneLine(id), known);
    return broken.isEmpty()
        ? text + "; is its jar on the class path?"
        : text
            + "; could not be loaded: "
            + broken.stream().map(Broken::toString).collect(Collectors.joining(", "));
  }

  private String ambiguous(String id, List<Found<T>> candidates) {
    return "more than one %s provider is called %s: %s; leave all but one out"
        .formatted(
            what, id, candidates.stream().map(Found::origin).collect(Collectors.joining(" and ")));
  }
}
